// SPDX-License-Identifier: GPL-3.0-or-later

extension Node {
  /// The node as JSON text, which is YAML too and reads back as the same node.
  ///
  /// Lists and mappings without others inside stand on one line each.
  public var json: String {
    var text = ""
    write(into: &text, indent: 0)
    text += "\n"
    return text
  }

  private func write(into text: inout String, indent: Int) {
    switch content {
    case .scalar(let scalar):
      if scalar.isQuoted || !Node.isJSONLiteral(scalar.text) {
        Node.write(scalar.text, into: &text)
      } else {
        text += scalar.text
      }
    case .sequence(let elements):
      Node.write(elements, brackets: ("[", "]"), into: &text, indent: indent) {
        $0.write(into: &$1, indent: $2)
      } isFlat: {
        $0.isScalar
      }
    case .mapping(let entries):
      Node.write(entries, brackets: ("{", "}"), into: &text, indent: indent) {
        Node.write($0.key, into: &$1)
        $1 += ": "
        $0.value.write(into: &$1, indent: $2)
      } isFlat: {
        $0.value.isScalar
      }
    case .broken:
      text += "null"
    }
  }

  private var isScalar: Bool {
    if case .scalar = content { return true }
    return false
  }

  private static func write<Item>(
    _ items: [Item], brackets: (String, String), into text: inout String, indent: Int,
    item write: (Item, inout String, Int) -> Void, isFlat: (Item) -> Bool
  ) {
    let flat = items.allSatisfy(isFlat)
    text += brackets.0
    for (position, item) in items.enumerated() {
      if position > 0 { text += flat ? ", " : "," }
      if !flat { text += "\n" + String(repeating: " ", count: indent + 2) }
      write(item, &text, indent + 2)
    }
    if !flat { text += "\n" + String(repeating: " ", count: indent) }
    text += brackets.1
  }
}

// MARK: - Scalars

extension Node {
  /// True for what JSON lets stand without quotes, `null` aside.
  private static func isJSONLiteral(_ text: String) -> Bool {
    if text == "true" || text == "false" { return true }
    guard let number = DecimalText(text), number.sign != "+" else { return false }
    return number.whole == "0" || number.whole.first != "0"
  }

  private static func write(_ string: String, into text: inout String) {
    text += "\""
    for character in string.unicodeScalars {
      switch character {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case _ where mustEscape(character): text += escape(character)
      default: text.unicodeScalars.append(character)
      }
    }
    text += "\""
  }

  /// True for the control characters of JSON, and for what YAML takes for a line break or rejects.
  private static func mustEscape(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private static func escape(_ character: Unicode.Scalar) -> String {
    let digits = String(character.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
