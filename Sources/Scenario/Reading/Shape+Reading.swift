// SPDX-License-Identifier: GPL-3.0-or-later
package import YAMLReader

extension Section {
  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Self? {
    shape.read(node, path: path, problems: &problems)
  }

  package var node: Node {
    .mapping(
      Self.shape.fields.compactMap { field in field.write(self).map { (field.key, $0) } })
  }
}

extension Shape {
  /// Reads all keys of a mapping; nil where one of them is missing or can't be read.
  fileprivate func read(_ node: Node, path: Path, problems: inout Problems) -> Target? {
    let isShort = shorthand != nil && node.scalar != nil
    guard var given = Fields(isShort ? spelledOut(node) : node, path: path, problems: &problems)
    else { return nil }
    var target = Target()
    target.origin = Origin(place: node.place, path: path)
    var isComplete = true
    var present: [String] = []
    for field in fields {
      if let value = given.take(field.key) {
        if !rules.isEmpty { present.append(field.key) }
        let isRead = field.read(
          value, isShort ? path : path.key(field.key), &problems, &target)
        isComplete = isComplete && isRead
      } else if field.isRequired {
        problems.add(
          "the key is missing: \(field.about)", at: node.place, path: path.key(field.key))
        isComplete = false
      } else {
        field.place?(&target, target.origin)
      }
    }
    given.finish(known: fields.map(\.key), problems: &problems)
    for rule in rules {
      guard let text = violation(of: rule, by: present) else { continue }
      problems.add(text, at: node.place, path: path)
      isComplete = false
    }
    return isComplete ? target : nil
  }

  /// A plain value as the mapping that it is short for.
  private func spelledOut(_ node: Node) -> Node {
    guard let shorthand else { return node }
    return Node(
      .mapping([.init(key: shorthand, keyPlace: node.place, value: node)]), at: node.place)
  }

  private func violation(of rule: Rule, by present: [String]) -> String? {
    switch rule {
    case .exactlyOne(let keys):
      let given = keys.filter(present.contains)
      guard given.count != 1 else { return nil }
      let found = given.isEmpty ? "none" : given.joined(separator: " and ")
      return "found \(found) of \(keys.joined(separator: ", ")), expected exactly one"
    case .atMostOne(let keys):
      let given = keys.filter(present.contains)
      guard given.count > 1 else { return nil }
      return "found \(given.joined(separator: " and ")), expected at most one of them"
    case .needs(let key, let other):
      guard present.contains(key), !present.contains(other) else { return nil }
      return "found \(key) without \(other), expected both"
    }
  }
}
