// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Reads XML 1.0 as network files use it: elements, attributes, text, CDATA, character references.
///
/// Comments and processing instructions are skipped, and so is a DOCTYPE with everything in it:
/// no entity is ever expanded but those of one character. Each byte is looked at a fixed number of
/// times, and the open elements are kept on a stack, so that neither size nor depth of a file can
/// cost more than its length.
struct XMLReader {
  /// Deeper than any network file.
  static let deepest = 100

  let bytes: [UInt8]
  var position = 0
  private var open: [XMLElement] = []
  private var root: XMLElement?

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The root element of a text.
  static func root(of text: InputText) throws(Fault) -> XMLElement {
    var reader = XMLReader(text.bytes)
    while reader.position < reader.bytes.count { try reader.takeNext() }
    if let unclosed = reader.open.last {
      throw Fault(
        found: "the end of the file",
        expected: "</\(unclosed.name)> of line "
          + "\(text.mark(at: unclosed.offset).line)", at: reader.bytes.count)
    }
    guard let root = reader.root else {
      throw Fault(found: "no element", expected: "an XML document", at: 0)
    }
    return root
  }

  private mutating func takeNext() throws(Fault) {
    guard bytes[position] == UInt8(ascii: "<") else { return try takeText() }
    if skip("<!--") { return try pass("-->", of: "a comment") }
    if skip("<![CDATA[") { return try takeCharacterData() }
    if skip("<?") { return try pass("?>", of: "a processing instruction") }
    if starts(with: "<!DOCTYPE") { return try skipDoctype() }
    if skip("</") { return try takeEnd() }
    try takeStart()
  }
}

// MARK: - Elements

extension XMLReader {
  private mutating func takeStart() throws(Fault) {
    let offset = position
    position += 1
    guard open.count < Self.deepest else {
      throw Fault("nested deeper than \(Self.deepest) elements, the most that is read", at: offset)
    }
    guard root == nil || !open.isEmpty else {
      throw Fault(found: "a second root element", expected: "the end of the file", at: offset)
    }
    let name = try takeName(of: "an element")
    let attributes = try takeAttributes()
    open.append(XMLElement(name: name, attributes: attributes, offset: offset))
    if skip("/>") { return close() }
    guard skip(">") else { throw expected("'>' at the end of <\(name)>") }
  }

  private mutating func takeEnd() throws(Fault) {
    let offset = position - 2
    let name = try takeName(of: "an element")
    skipBlanks()
    guard skip(">") else { throw expected("'>' at the end of </\(name)>") }
    guard let last = open.last else {
      throw Fault(found: "</\(name)>", expected: "nothing to close", at: offset)
    }
    guard last.name == name else {
      throw Fault(found: "</\(name)>", expected: "</\(last.name)>", at: offset)
    }
    close()
  }

  private mutating func close() {
    let element = open.removeLast()
    if open.isEmpty {
      root = element
    } else {
      // Changed where it lies: a copy of the parent would copy all its children each time.
      open[open.count - 1].children.append(element)
    }
  }

  private mutating func takeAttributes() throws(Fault) -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    var names: Set<String> = []
    while true {
      skipBlanks()
      guard position < bytes.count else { throw expected("'>'") }
      if bytes[position] == UInt8(ascii: ">") || bytes[position] == UInt8(ascii: "/") {
        return attributes
      }
      let offset = position
      let name = try takeName(of: "an attribute")
      guard names.insert(name).inserted else {
        throw Fault("the attribute \(Fault.quoted(name)) is given twice", at: offset)
      }
      skipBlanks()
      guard skip("=") else { throw expected("'=' after \(name)") }
      skipBlanks()
      attributes.append((name, try takeValue()))
    }
  }

  private mutating func takeValue() throws(Fault) -> String {
    guard position < bytes.count, "\"'".utf8.contains(bytes[position]) else {
      throw expected("a value in quotes")
    }
    let quote = bytes[position]
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != quote {
      guard bytes[position] != UInt8(ascii: "<") else { throw expected("a closing quote") }
      position += 1
    }
    guard position < bytes.count else { throw expected("a closing quote") }
    defer { position += 1 }
    return try decoded(start..<position)
  }

  /// The name that comes next, without its prefix.
  private mutating func takeName(of what: String) throws(Fault) -> String {
    let start = position
    while position < bytes.count, !bytes[position].endsName {
      position += 1
    }
    guard position > start else { throw expected("the name of \(what)") }
    let name = bytes[start..<position]
    let colon = name.lastIndex(of: UInt8(ascii: ":"))
    return String(decoding: colon.map { name[($0 + 1)...] } ?? name, as: UTF8.self)
  }
}

// MARK: - Text and what is skipped

extension XMLReader {
  private mutating func takeText() throws(Fault) {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    guard !open.isEmpty else {
      guard let stray = bytes[start..<position].firstIndex(where: { !$0.isBlank }) else { return }
      throw Fault(found: "text outside of the root element", expected: "an element", at: stray)
    }
    open[open.count - 1].text += try decoded(start..<position)
  }

  private mutating func takeCharacterData() throws(Fault) {
    let start = position
    try pass("]]>", of: "CDATA")
    guard !open.isEmpty else { throw Fault("CDATA outside of the root element", at: start) }
    open[open.count - 1].text += String(decoding: bytes[start..<(position - 3)], as: UTF8.self)
  }

  /// Skips a DOCTYPE and the declarations in its brackets; they are not looked at.
  private mutating func skipDoctype() throws(Fault) {
    let start = position
    var brackets = 0
    while position < bytes.count {
      if skip("<!--") {
        try pass("-->", of: "a comment")
        continue
      }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        while position < bytes.count, bytes[position] != byte { position += 1 }
        position += 1
      case UInt8(ascii: "["): brackets += 1
      case UInt8(ascii: "]"): brackets -= 1
      case UInt8(ascii: ">") where brackets == 0: return
      default: break
      }
    }
    throw Fault("a DOCTYPE without an end", at: start)
  }

  /// Goes on behind a mark that must come.
  private mutating func pass(_ mark: String, of what: String) throws(Fault) {
    let start = position
    while position < bytes.count {
      if skip(mark) { return }
      position += 1
    }
    throw Fault(found: "\(what) without an end", expected: "\(mark)", at: start)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position].isBlank { position += 1 }
  }

  private func starts(with text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  /// Skips a text if it comes next.
  private mutating func skip(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    position += text.utf8.count
    return true
  }

  private func expected(_ what: String) -> Fault {
    guard position < bytes.count else {
      return Fault(found: "the end of the file", expected: what, at: bytes.count)
    }
    let found = String(decoding: bytes[position...].prefix(4), as: UTF8.self).prefix(1)
    return Fault(found: Fault.quoted(String(found)), expected: what, at: position)
  }
}

extension UInt8 {
  fileprivate var endsName: Bool {
    switch self {
    case UInt8(ascii: "="), UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "<"): true
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "!"), UInt8(ascii: "?"): true
    default: isBlank
    }
  }
}
