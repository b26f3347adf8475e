// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

extension JSONValue {
  var isNull: Bool {
    if case .null = content { return true }
    return false
  }

  func members(_ expected: String) throws(Fault) -> [(key: String, value: JSONValue)] {
    if case .object(let members) = content { return members }
    throw Fault(found: summary, expected: expected, at: offset)
  }

  func elements(_ expected: String) throws(Fault) -> [JSONValue] {
    if case .array(let elements) = content { return elements }
    throw Fault(found: summary, expected: expected, at: offset)
  }

  func number(_ expected: String) throws(Fault) -> Double {
    if case .number(let number) = content { return number }
    throw Fault(found: summary, expected: expected, at: offset)
  }

  /// A text or a whole number, by which nodes are known.
  func identifier() throws(Fault) -> String {
    switch content {
    case .string(let text): return text
    case .number(let number):
      if let whole = Int64(exactly: number) { return "\(whole)" }
      return "\(number)"
    default: throw Fault(found: summary, expected: "an identifier", at: offset)
    }
  }

  private var summary: String {
    switch content {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let number): "\(number)"
    case .string(let text): Fault.quoted(text)
    case .array: "a list"
    case .object: "an object"
    }
  }
}
