// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that the command line puts into a tree: `network.links[0].capacity=400 Gbps`.
///
/// In brackets stands the position of an element of a list, or the `name` it has; for a mapping,
/// a key that has dots or brackets in it. The value is YAML. A key that a mapping does not have
/// yet is added to it.
public struct Setting: Sendable {
  /// A step from a node to one inside it.
  enum Step: Equatable, Sendable {
    case key(String)
    case bracket(String)
  }

  /// The path as it was written.
  let path: String
  let steps: [Step]
  let value: Node

  /// Reports a setting that can't be read, and gives nil.
  public init?(_ text: String, problems: inout Problems) {
    guard let equals = Setting.end(ofPathIn: text), equals > text.startIndex else {
      problems.add(
        found: Node.quoted(text), expected: "path=value", at: .setting(text), path: .root)
      return nil
    }
    path = String(text[..<equals])
    let place = Place.setting(path)
    guard let steps = Setting.steps(of: path) else {
      problems.add(
        "not a path; a path looks like network.links[0].capacity", at: place)
      return nil
    }
    self.steps = steps
    let bytes = Array(text[equals...].dropFirst().utf8)
    var inside = Problems(file: problems.file)
    let value = SourceText(bytes, problems: &inside).flatMap {
      TreeBuilder.build(from: $0, place: place, problems: &inside)
    }
    for problem in inside.all { problems.add("the value \(problem.text)", at: place) }
    guard let value, inside.isEmpty else { return nil }
    self.value = value
  }

  /// The first `=` that is not inside brackets.
  private static func end(ofPathIn text: String) -> String.Index? {
    var isInside = false
    return text.indices.first { index in
      if text[index] == "[" { isInside = true }
      if text[index] == "]" { isInside = false }
      return text[index] == "=" && !isInside
    }
  }

  static func steps(of path: String) -> [Step]? {
    var steps: [Step] = []
    var rest = Substring(path)
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let end = rest.firstIndex(of: "]"), end > rest.index(after: rest.startIndex) else {
          return nil
        }
        steps.append(.bracket(String(rest[..<end].dropFirst())))
        rest = rest[end...].dropFirst()
        continue
      }
      if !steps.isEmpty {
        guard rest.first == "." else { return nil }
        rest = rest.dropFirst()
      }
      let key = rest.prefix { $0 != "." && $0 != "[" && $0 != "]" }
      guard !key.isEmpty else { return nil }
      steps.append(.key(String(key)))
      rest = rest[key.endIndex...]
    }
    return steps.isEmpty ? nil : steps
  }
}
