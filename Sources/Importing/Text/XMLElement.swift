// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// An element of an XML text with what is inside it.
///
/// Names are without their namespace prefix: the formats read here have one namespace each.
struct XMLElement {
  var name: String
  var attributes: [(name: String, value: String)]
  /// The character data directly inside, without that of the children.
  var text = ""
  var children: [XMLElement] = []
  /// The byte at which it begins.
  var offset: Int

  subscript(attribute name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The text without the blanks around it; nil where there is no other.
  var word: String? {
    let word = text.trimmed
    return word.isEmpty ? nil : word
  }
}

extension String {
  /// Without blanks, tabs and line ends around it.
  var trimmed: String {
    let scalars = unicodeScalars
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension XMLElement {
  /// The text of a child that must be there.
  func required(_ name: String) throws(Fault) -> XMLElement {
    if let child = first(name), child.word != nil { return child }
    throw Fault(found: "<\(self.name)> without <\(name)>", expected: "one", at: offset)
  }

  func required(attribute: String) throws(Fault) -> String {
    if let value = self[attribute: attribute], !value.isEmpty { return value }
    throw Fault(found: "<\(name)> without \(attribute)=\"…\"", expected: "one", at: offset)
  }

  /// The text as a number.
  func number() throws(Fault) -> Double {
    try finiteNumber(text.trimmed, at: offset)
  }
}

/// Reads a number that is one; `nan` and `inf` are none.
func finiteNumber(
  _ text: String, _ expected: String = "a finite number", at offset: Int
) throws(Fault) -> Double {
  if let value = DecimalText(text, .loose)?.value() { return value }
  throw Fault(found: Fault.quoted(text), expected: expected, at: offset)
}
