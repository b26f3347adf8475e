// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Reads the text of a condition.
struct ConditionParser {
  private let axes: [String]
  private var words: ArraySlice<String>
  private var depth = 0

  /// Deeper than anybody writes, and shallow enough to recurse.
  private static let deepest = 64

  /// Reads the whole of a text over axes of these names.
  static func parse(_ text: String, axes: [String]) throws(ConditionError) -> Condition {
    var parser = ConditionParser(axes: axes, words: try words(of: text)[...])
    let condition = try parser.anyOf()
    guard let rest = parser.words.first else { return condition }
    throw ConditionError(
      text: Condition.Comparison(rawValue: rest) == nil
        ? "found \(Node.quoted(rest)), expected and, or, or the end"
        : "found a second comparison, expected two: a <= b and b <= c")
  }

  private mutating func anyOf() throws(ConditionError) -> Condition {
    var condition = try allOf()
    while take("or") { condition = .any(condition, try allOf()) }
    return condition
  }

  private mutating func allOf() throws(ConditionError) -> Condition {
    var condition = try one()
    while take("and") { condition = .all(condition, try one()) }
    return condition
  }

  private mutating func one() throws(ConditionError) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw ConditionError(text: "nested too deep") }
    if take("not") { return .none(try one()) }
    if take("(") {
      let inner = try anyOf()
      guard take(")") else { throw ConditionError(text: "found ( without its )") }
      return inner
    }
    let first = try operand()
    guard let word = words.first, let comparison = Condition.Comparison(rawValue: word) else {
      let hint = words.first == "=" ? "; == asks whether two are equal" : ""
      let found = words.first.map(Node.quoted) ?? "the end"
      throw ConditionError(text: "found \(found), expected <=, >=, ==, !=, < or >\(hint)")
    }
    words.removeFirst()
    let second = try operand()
    if case .literal(let one) = first, case .literal(let other) = second {
      let name = Measure(one) == nil ? one : other
      throw ConditionError(text: unknownName(name, kind: "axis", among: axes))
    }
    return .compare(first, comparison, second)
  }

  private mutating func operand() throws(ConditionError) -> Condition.Operand {
    guard let word = words.popFirst() else {
      throw ConditionError(text: "found the end, expected an axis or a value")
    }
    guard !"<>=!()".contains(word.first ?? "("), !["and", "or", "not"].contains(word) else {
      throw ConditionError(text: "found \(Node.quoted(word)), expected an axis or a value")
    }
    if let quoted = Self.unquoted(word) { return .literal(quoted) }
    if let axis = axes.firstIndex(of: word) { return .axis(axis) }
    // A number has its unit behind it.
    guard Measure(word) != nil, let unit = words.first, unit.first?.isNumber == false,
      !["and", "or", "not"].contains(unit), !axes.contains(unit), Measure("1 \(unit)") != nil
    else { return .literal(word) }
    words.removeFirst()
    return .literal("\(word) \(unit)")
  }

  private mutating func take(_ word: String) -> Bool {
    guard words.first == word else { return false }
    words.removeFirst()
    return true
  }

  private static func unquoted(_ word: String) -> String? {
    guard let first = word.first, "'\"".contains(first) else { return nil }
    return String(word.dropFirst().dropLast())
  }

  // MARK: - Words

  private static func words(of text: String) throws(ConditionError) -> [String] {
    var words: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if "'\"".contains(first) {
        guard let end = rest.dropFirst().firstIndex(of: first) else {
          throw ConditionError(text: "found a quote without its end")
        }
        words.append(String(rest[...end]))
        rest = rest[rest.index(after: end)...]
      } else if "<>=!".contains(first) {
        let sign = rest.prefix { "<>=!".contains($0) }
        words.append(String(sign))
        rest = rest.dropFirst(sign.count)
      } else if "()".contains(first) {
        words.append(String(first))
        rest.removeFirst()
      } else {
        let word = rest.prefix { !$0.isWhitespace && !"<>=!()'\"".contains($0) }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }
}
