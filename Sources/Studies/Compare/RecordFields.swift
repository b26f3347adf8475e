// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// The members of a JSON object that the program wrote.
struct RecordFields {
  private let file: String
  private let entries: [Node.Entry]

  init(file path: String) throws {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems),
      let fields = RecordFields(root, file: path)
    else {
      throw IncomparableSides("\(path): \(problems.all.first?.text ?? "found no JSON object")")
    }
    self = fields
  }

  private init?(_ node: Node, file: String) {
    guard case .mapping(let entries) = node.content else { return nil }
    self.file = file
    self.entries = entries
  }

  private func node(_ key: String) -> Node? { entries.first { $0.key == key }?.value }

  func text(_ key: String) throws -> String {
    guard case .scalar(let scalar)? = node(key)?.content else {
      throw IncomparableSides("\(file): the key \(key) is missing")
    }
    return scalar.text
  }

  func inner(_ key: String) -> RecordFields? {
    node(key).flatMap { RecordFields($0, file: file) }
  }

  func list(_ key: String) -> [RecordFields] {
    guard case .sequence(let nodes)? = node(key)?.content else { return [] }
    return nodes.compactMap { RecordFields($0, file: file) }
  }
}
