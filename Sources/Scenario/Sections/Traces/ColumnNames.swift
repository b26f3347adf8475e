// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traces
internal import YAMLReader

/// Which columns of a trace, or keys of its JSON, hold what.
struct ColumnNames: ScenarioValue {
  var names: [TraceMapping.Role: String]

  static var schema: Node {
    let roles = TraceMapping.Role.allCases.map { Node.text($0.rawValue) }
    return .mapping([
      ("type", .text("object")), ("propertyNames", .mapping([("enum", .list(roles))])),
      ("additionalProperties", String.schema), ("minProperties", .plain("1")),
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> ColumnNames? {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      node.report(
        expected: "a mapping such as {timestamp: when}", path: path, problems: &problems)
      return nil
    }
    var names: [TraceMapping.Role: String] = [:]
    for entry in entries {
      let place = path.key(entry.key)
      guard let role = TraceMapping.Role(rawValue: entry.key) else {
        let known = TraceMapping.Role.allCases.map(\.rawValue)
        problems.add(
          unknownName(entry.key, kind: "key", among: known), at: entry.keyPlace, path: place)
        continue
      }
      names[role] = String.read(entry.value, path: place, problems: &problems)
    }
    return names.count == entries.count ? ColumnNames(names: names) : nil
  }

  /// In the order of the roles, whatever that of the file was.
  var node: Node {
    .mapping(
      TraceMapping.Role.allCases.compactMap { role in
        names[role].map { (role.rawValue, .text($0)) }
      })
  }
}
