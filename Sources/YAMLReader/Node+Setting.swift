// SPDX-License-Identifier: GPL-3.0-or-later

extension Node {
  /// Puts the value of a setting where its path points; reports a path that leads nowhere.
  public mutating func apply(_ setting: Setting, problems: inout Problems) {
    do throws(DeadEnd) {
      try put(setting.value, by: setting.steps[...], from: .root)
    } catch {
      problems.add(error.text, at: .setting(setting.path))
    }
  }

  /// Why a path leads nowhere.
  private struct DeadEnd: Error {
    var text: String
  }

  private mutating func put(
    _ value: Node, by steps: ArraySlice<Setting.Step>, from path: Path
  ) throws(DeadEnd) {
    guard let step = steps.first else {
      self = value
      return
    }
    let name =
      switch step {
      case .key(let key): key
      case .bracket(let inside): inside
      }
    switch (content, step) {
    case (.mapping(var entries), _):
      // Emptied, so that the entries are changed in place and not copied.
      content = .broken
      defer { content = .mapping(entries) }
      try Node.put(value, at: name, in: &entries, by: steps.dropFirst(), from: path)
    case (.sequence(var elements), .bracket):
      content = .broken
      defer { content = .sequence(elements) }
      let index = try Node.index(of: name, in: elements, path: path)
      try elements[index].put(value, by: steps.dropFirst(), from: path.element(index))
    case (.sequence(let elements), .key):
      throw DeadEnd(
        text: "\(path) is a list of \(elements.count); write \(path)[0] or \(path)[name]")
    case (.scalar, _), (.broken, _):
      throw DeadEnd(text: "\(path) is \(summary), and has no \(Node.quoted(name)) inside")
    }
  }

  private static func put(
    _ value: Node, at key: String, in entries: inout [Entry], by rest: ArraySlice<Setting.Step>,
    from path: Path
  ) throws(DeadEnd) {
    if let index = entries.firstIndex(where: { $0.key == key }) {
      try entries[index].value.put(value, by: rest, from: path.key(key))
    } else if rest.isEmpty {
      entries.append(Entry(key: key, keyPlace: value.place, value: value))
    } else {
      let owner = path == .root ? "the file" : path.description
      throw DeadEnd(
        text: "in \(owner): " + unknownName(key, kind: "key", among: entries.map(\.key)))
    }
  }

  private static func index(
    of name: String, in elements: [Node], path: Path
  ) throws(DeadEnd) -> Int {
    if let index = Int(name) {
      guard elements.indices.contains(index) else {
        let have = elements.isEmpty ? "no elements" : "elements 0 to \(elements.count - 1)"
        throw DeadEnd(text: "\(path) has \(have), not \(index)")
      }
      return index
    }
    let names = elements.map(\.ownName)
    guard let index = names.firstIndex(of: name) else {
      throw DeadEnd(
        text: "in \(path): " + unknownName(name, kind: "name", among: names.compactMap(\.self)))
    }
    return index
  }

  /// The name by which a setting finds an element: its `name`, or its own text.
  private var ownName: String? {
    switch content {
    case .scalar(let scalar):
      scalar.text
    case .mapping(let entries):
      if case .scalar(let scalar)? = entries.first(where: { $0.key == "name" })?.value.content {
        scalar.text
      } else {
        nil
      }
    case .sequence, .broken:
      nil
    }
  }
}
