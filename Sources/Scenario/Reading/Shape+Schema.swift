// SPDX-License-Identifier: GPL-3.0-or-later
package import YAMLReader

extension Section {
  package static var schema: Node { shape.schema }
}

extension Shape {
  fileprivate var schema: Node {
    let object = objectSchema
    guard let shorthand, let field = fields.first(where: { $0.key == shorthand }) else {
      return object
    }
    return .mapping([("anyOf", .list([field.describedSchema, object]))])
  }

  private var objectSchema: Node {
    var entries: [(String, Node)] = [
      ("description", .text(about)),
      ("type", .text("object")),
      ("properties", .mapping(fields.map { ($0.key, $0.describedSchema) })),
      ("additionalProperties", .plain("false")),
    ]
    let required = fields.filter(\.isRequired).map { Node.text($0.key) }
    if !required.isEmpty { entries.append(("required", .list(required))) }
    let needs = dependencies
    if !needs.isEmpty { entries.append(("dependentRequired", .mapping(needs))) }
    let choices = rules.compactMap(\.choice)
    if !choices.isEmpty { entries.append(("allOf", .list(choices))) }
    return .mapping(entries)
  }
}

extension Shape {
  /// By each key all those that it needs.
  private var dependencies: [(String, Node)] {
    var needs: [(key: String, others: [Node])] = []
    for case .needs(let key, let other) in rules {
      if let place = needs.firstIndex(where: { $0.key == key }) {
        needs[place].others.append(.text(other))
      } else {
        needs.append((key, [.text(other)]))
      }
    }
    return needs.map { ($0.key, .list($0.others)) }
  }
}

extension Shape.Rule {
  fileprivate var choice: Node? {
    if case .atMostOne(let keys) = self {
      return .mapping([
        ("not", .mapping([("required", .list(keys.map { .text($0) }))]))
      ])
    }
    guard case .exactlyOne(let keys) = self else { return nil }
    return .mapping([
      ("oneOf", .list(keys.map { .mapping([("required", .list([.text($0)]))]) }))
    ])
  }
}

extension Field {
  fileprivate var describedSchema: Node {
    // The key's own meaning stands before what its type says of itself.
    var entries = [("description", Node.text(about))]
    if let standard = standard() { entries.append(("default", standard)) }
    guard case .mapping(let type) = schema().content else { return .mapping(entries) }
    return .mapping(entries + type.filter { $0.key != "description" }.map { ($0.key, $0.value) })
  }
}
