// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// A section of a scenario while it is written: keys in their order.
struct Section {
  private var entries: [(String, Node)] = []

  init() {}

  init(_ entries: KeyValuePairs<String, Node>) {
    self.entries = entries.map { ($0, $1) }
  }

  var isEmpty: Bool { entries.isEmpty }

  var node: Node { .mapping(entries) }

  /// Adds a key, or replaces its value; nil leaves all as it is.
  subscript(key: String) -> Node? {
    get { entries.first { $0.0 == key }?.1 }
    set {
      guard let newValue else { return }
      if let place = entries.firstIndex(where: { $0.0 == key }) {
        entries[place].1 = newValue
      } else {
        entries.append((key, newValue))
      }
    }
  }
}

extension Node {
  static func names(_ names: [String]) -> Node { .list(names.map { .text($0) }) }

  static func number(_ value: Double) -> Node { .plain("\(value)") }

  static func number(_ value: Int) -> Node { .plain("\(value)") }

  static func bool(_ value: Bool) -> Node { .plain(value ? "true" : "false") }

  static func numbers(_ values: [Double]) -> Node { .list(values.map { .number($0) }) }

  static func rate(_ bitsPerSecond: Double) -> Node {
    .text("\(whole(bitsPerSecond)) bps")
  }

  static func size(_ bytes: Double) -> Node { .text("\(whole(bytes)) B") }

  static func time(_ seconds: Double) -> Node { .text("\(max(0, Int(seconds * 1e9))) ns") }

  static func share(_ part: Double) -> Node { .text("\((part * 100).rounded()) %") }

  private static func whole(_ value: Double) -> Int { max(1, Int(value.rounded())) }
}
