// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of a text in the native format of SNDlib: parentheses, and what blanks divide.
///
/// From a `#` to the end of its line is a comment.
struct SNDlibTokens {
  struct Token {
    var text: String
    var offset: Int
  }

  private let bytes: [UInt8]
  private(set) var position: Int

  init(_ text: InputText, from position: Int) {
    bytes = text.bytes
    self.position = position
  }

  /// The next word, which stays; nil at the end.
  mutating func peek() -> Token? {
    skipBlanks()
    guard position < bytes.count else { return nil }
    var end = position + 1
    if !bytes[position].isParenthesis {
      while end < bytes.count, !bytes[end].isBlank, !bytes[end].isParenthesis,
        bytes[end] != UInt8(ascii: "#")
      { end += 1 }
    }
    return Token(text: String(decoding: bytes[position..<end], as: UTF8.self), offset: position)
  }

  mutating func next(_ expected: String) throws(Fault) -> Token {
    guard let token = peek() else {
      throw Fault(found: "the end of the file", expected: expected, at: bytes.count)
    }
    position += token.text.utf8.count
    return token
  }

  mutating func skip(_ text: String) -> Bool {
    guard let token = peek(), token.text == text else { return false }
    position += token.text.utf8.count
    return true
  }

  mutating func expect(_ text: String, _ place: String) throws(Fault) {
    let token = try next("'\(text)' \(place)")
    guard token.text == text else {
      throw Fault(found: Fault.quoted(token.text), expected: "'\(text)' \(place)", at: token.offset)
    }
  }

  /// A word that is no parenthesis.
  mutating func word(_ expected: String) throws(Fault) -> Token {
    let token = try next(expected)
    guard token.text != "(", token.text != ")" else {
      throw Fault(found: "'\(token.text)'", expected: expected, at: token.offset)
    }
    return token
  }

  mutating func number(_ expected: String) throws(Fault) -> Double {
    let token = try word(expected)
    return try finiteNumber(token.text, expected, at: token.offset)
  }

  /// The words of the rest of the line, comments and all, and goes on with the next.
  mutating func restOfLine() -> String {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self).trimmed
  }

  mutating func skipLineEnd() {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
  }

  /// Skips to behind the parenthesis that closes one already taken.
  mutating func skipList() throws(Fault) {
    var depth = 1
    while depth > 0 {
      let token = try next("')'")
      if token.text == "(" { depth += 1 }
      if token.text == ")" { depth -= 1 }
    }
  }

  private mutating func skipBlanks() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      } else if bytes[position].isBlank {
        position += 1
      } else {
        return
      }
    }
  }
}

extension UInt8 {
  fileprivate var isParenthesis: Bool { self == UInt8(ascii: "(") || self == UInt8(ascii: ")") }
}
