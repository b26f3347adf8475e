// SPDX-License-Identifier: GPL-3.0-or-later

/// A change that the command line makes to a tree: `network.links[0].capacity=400 Gbps`.
///
/// In brackets stands the position of an element of a list, or the `name` it has; for a mapping,
/// a key that has dots or brackets in it. In quotes it is a name, whatever it looks like:
/// `links["7"]`. The value is YAML. A key that a mapping does not have
/// yet is added to it, and `events[+]={...}` adds an element to the end of a list.
public struct Setting: Sendable {
  /// What is done with what the path leads to.
  enum Change: Sendable {
    case put(Node)
    case append(Node)
    case remove
  }

  /// A step from a node to one inside it.
  enum Step: Equatable, Sendable {
    case key(String)
    case bracket(String)
    case name(String)

    var text: String {
      switch self {
      case .key(let text), .bracket(let text), .name(let text): text
      }
    }
  }

  /// The step to an element by its name, in quotes where it would be taken for something else.
  public static func element(named name: String) -> String {
    let isPlain = Int(name) == nil && name != "+" && !name.contains { "[]\"=".contains($0) }
    return isPlain && !name.isEmpty ? "[\(name)]" : "[\"\(name)\"]"
  }

  /// The path as it was written.
  public let path: String
  /// Without the `[+]` of what is appended.
  let steps: [Step]
  let change: Change
  let place: Place

  /// Reports a setting that can't be read, and gives nil.
  public init?(_ text: String, problems: inout Problems) {
    guard let equals = Setting.end(ofPathIn: text), equals > text.startIndex else {
      problems.add(
        found: Node.quoted(text), expected: "path=value", at: .setting(text), path: .root)
      return nil
    }
    path = String(text[..<equals])
    let place = Place.setting(path)
    self.place = place
    guard let steps = Setting.steps(of: path, at: place, problems: &problems) else { return nil }
    let bytes = Array(text[equals...].dropFirst().utf8)
    var inside = Problems(file: problems.file)
    let value = SourceText(bytes, problems: &inside).flatMap {
      TreeBuilder.build(from: $0, place: place, below: steps.count, problems: &inside)
    }
    for problem in inside.all { problems.add("the value: \(problem.text)", at: place) }
    guard let value, inside.isEmpty else { return nil }
    let appends = steps.last == .bracket("+")
    self.steps = appends ? steps.dropLast() : steps
    change = appends ? .append(value) : .put(value)
  }

  /// A setting whose value stands in another file, such as that of a study.
  ///
  /// What is wrong with the path is reported at `written`, where it stands.
  public init?(_ path: String, to value: Node, at written: Place, problems: inout Problems) {
    self.path = path
    let place = Place.setting(path)
    self.place = place
    guard let steps = Setting.steps(of: path, at: written, problems: &problems) else { return nil }
    guard steps.count + value.depth <= TreeBuilder.deepest else {
      problems.add(
        "nested deeper than \(TreeBuilder.deepest) levels, the most that is read", at: written)
      return nil
    }
    let appends = steps.last == .bracket("+")
    self.steps = appends ? steps.dropLast() : steps
    let value = value.moved(to: place)
    change = appends ? .append(value) : .put(value)
  }

  /// The change in words; two settings of the same words make the same change.
  public var text: String {
    switch change {
    case .put(let value), .append(let value): "\(path)=\(value.json)"
    case .remove: "without \(path)"
    }
  }

  /// A removal of what a path leads to, as `--unset` asks for it.
  public init?(removing path: String, problems: inout Problems) {
    self.path = path
    place = .removal(path)
    change = .remove
    guard let steps = Setting.steps(of: path, at: place, problems: &problems) else { return nil }
    guard steps.last != .bracket("+") else {
      problems.add("[+] adds an element, and there is none yet to remove", at: place)
      return nil
    }
    self.steps = steps
  }

  /// The steps of a path, of which only the last may be `[+]`; nil where it is none, as is reported.
  ///
  /// They are no more than a file may have levels, since each of them can make one.
  private static func steps(
    of path: String, at place: Place, problems: inout Problems
  ) -> [Step]? {
    guard let steps = steps(of: path), steps != [.bracket("+")] else {
      problems.add("not a path; a path looks like network.links[0].capacity", at: place)
      return nil
    }
    guard !steps.dropLast().contains(.bracket("+")) else {
      problems.add("[+] adds an element, and stands at the end of a path", at: place)
      return nil
    }
    guard steps.count <= TreeBuilder.deepest else {
      problems.add(
        "found a path of \(steps.count) steps, expected at most \(TreeBuilder.deepest)", at: place)
      return nil
    }
    guard !steps.contains(where: { Node.isTooLong(key: $0.text) }) else {
      problems.add(
        "a key has at most \(Node.longestKey) characters, as JSON writes it", at: place)
      return nil
    }
    return steps
  }

  /// The first `=` that is not inside brackets.
  private static func end(ofPathIn text: String) -> String.Index? {
    var (isInside, isQuoted) = (false, false)
    return text.indices.first { index in
      if text[index] == "\"", isInside { isQuoted.toggle() }
      if text[index] == "[" { isInside = true }
      if text[index] == "]", !isQuoted { isInside = false }
      return text[index] == "=" && !isInside
    }
  }

  static func steps(of path: String) -> [Step]? {
    var steps: [Step] = []
    var rest = Substring(path)
    while !rest.isEmpty {
      if rest.hasPrefix("[\"") {
        rest = rest.dropFirst(2)
        let name = rest.prefix { $0 != "\"" }
        rest = rest[name.endIndex...]
        guard rest.hasPrefix("\"]"), !name.isEmpty else { return nil }
        steps.append(.name(String(name)))
        rest = rest.dropFirst(2)
        continue
      }
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
