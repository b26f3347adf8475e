// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

extension Node {
  /// Makes the changes of the command line, whose paths may call things by their other names.
  mutating func apply(_ changes: [Setting], problems: inout Problems) {
    guard !changes.isEmpty else { return }
    let places = isOnNationalNetwork ? PlaceNames(NationalNetwork()) : .none
    func canonical(_ name: String) -> String { places[name] ?? name }
    func isAlias(_ known: String, _ name: String) -> Bool {
      if canonical(known) == canonical(name) { return true }
      let ends = [name, known].map { Node.ends(of: $0, canonical) }
      return !ends[0].isDisjoint(with: ends[1])
    }
    for change in changes {
      let path = apply(change, isAlias: isAlias, problems: &problems)
      if let path { problems.blame(change, for: path) }
    }
  }

  private var isOnNationalNetwork: Bool {
    self["network"]?["use"]?.scalar?.text == BuiltInNetworkName.national.rawValue
  }

  private subscript(key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The pairs of places that a name with dashes may stand between, whichever comes first.
  private static func ends(of name: String, _ canonical: (String) -> String) -> Set<Set<String>> {
    let dashes = name.indices.filter { "-–—".contains(name[$0]) }
    return Set(
      dashes.map { dash in
        [
          canonical(String(name[..<dash])), canonical(String(name[name.index(after: dash)...])),
        ]
      })
  }
}
