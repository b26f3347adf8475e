// SPDX-License-Identifier: GPL-3.0-or-later

/// Walks over JSON text from mark to mark, and makes nothing of it.
///
/// It is what both readers stand on: the tree of `JSONValue`, which looks at everything, and the
/// lines of a trace, of which a few values are wanted and the rest is passed at the speed of its
/// bytes. What is passed must have matching brackets and quotes; nothing else of it is looked at.
/// No value of it is kept: a place in the text stands for it.
///
/// The steps are inlinable, since a trace takes some fifteen of them a line: as calls into this
/// module they cost half as much again.
public struct JSONScanner {
  /// Deeper than any file that is read here, and few enough for a call each.
  public static let deepest = 100

  /// What the text is the whole of, for messages.
  public enum Unit: String, Sendable {
    case file, line
  }

  /// Where a value stands; a text stands between its quotes.
  public struct Extent: Sendable {
    public var range: Range<Int>
    public var isText = false
    /// Whether it is a text in which something is escaped.
    public var hasEscapes = false

    @inlinable
    init(range: Range<Int>, isText: Bool = false, hasEscapes: Bool = false) {
      self.range = range
      self.isText = isText
      self.hasEscapes = hasEscapes
    }
  }

  @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
  @usableFromInline let unit: Unit
  @usableFromInline var place = 0

  /// The byte before which it stands.
  @inlinable public var position: Int { place }

  /// Begins before the first byte; whoever owns the bytes keeps them while they are scanned.
  @inlinable
  public init(_ bytes: UnsafeBufferPointer<UInt8>, of unit: Unit) {
    self.bytes = bytes
    self.unit = unit
  }

  /// The next byte that is no blank, which stays; nil at the end.
  @inlinable public var next: UInt8? {
    @inline(__always) mutating get {
      while place < bytes.count, Self.isBlank(bytes[place]) { place += 1 }
      return place < bytes.count ? bytes[place] : nil
    }
  }

  @inlinable public var isAtEnd: Bool { mutating get { next == nil } }

  /// Goes behind a mark, which has to be the next.
  @inlinable @inline(__always)
  public mutating func take(_ mark: Unicode.Scalar, _ expected: String) throws(TextFault) {
    guard next == UInt8(ascii: mark) else { throw unexpected(expected) }
    place += 1
  }

  @inlinable @inline(__always)
  mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: mark) else { return false }
    place += 1
    return true
  }
}

// MARK: - Parts

extension JSONScanner {
  /// The key of the next member of an open object, behind whose colon it goes; nil at its end.
  @inlinable @inline(__always)
  public mutating func nextKey(isFirst: Bool) throws(TextFault) -> Extent? {
    if isFirst {
      if skip("}") { return nil }
    } else if !skip(",") {
      try take("}", "',' or '}'")
      return nil
    }
    let key = try takeString("a key in quotes")
    try take(":", "':' behind the key")
    return key
  }

  /// Whether an open list has another element, before which it stops; otherwise behind the list.
  @inlinable
  public mutating func beginsElement(isFirst: Bool) throws(TextFault) -> Bool {
    if isFirst { return !skip("]") }
    if skip(",") { return true }
    try take("]", "',' or ']'")
    return false
  }

  /// Goes behind a text, which has to be the next.
  @inlinable
  public mutating func takeString(_ expected: String) throws(TextFault) -> Extent {
    guard next == UInt8(ascii: "\"") else { throw unexpected(expected) }
    var hasEscapes = false
    var index = place + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      // What is escaped is one byte more, whatever it is: a quote is the only one that matters.
      if bytes[index] == UInt8(ascii: "\\") {
        hasEscapes = true
        index += 1
      }
      index += 1
    }
    guard index < bytes.count else {
      place = bytes.count
      throw unexpected("'\"'")
    }
    defer { place = index + 1 }
    return Extent(range: place + 1..<index, isText: true, hasEscapes: hasEscapes)
  }

  /// Goes behind a number or a word, whatever stands there.
  @inlinable @inline(__always)
  public mutating func takeLiteral() throws(TextFault) -> Extent {
    guard next != nil else { throw unexpected("a value") }
    let start = place
    while place < bytes.count, !Self.endsLiteral(bytes[place]) { place += 1 }
    guard place > start else { throw unexpected("a value") }
    return Extent(range: start..<place)
  }

  /// Goes behind a value of any kind.
  @inlinable @inline(__always)
  public mutating func skipValue() throws(TextFault) -> Extent {
    switch next {
    case UInt8(ascii: "\""): return try takeString("a value")
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let start = place
      try skipNested()
      return Extent(range: start..<place)
    default: return try takeLiteral()
    }
  }

  /// Goes behind a list or an object with all that is in it.
  @inlinable
  mutating func skipNested() throws(TextFault) {
    // The brackets that are open, the innermost in the lowest bit: 1 for a brace.
    var open: UInt128 = 0
    var depth = 0
    repeat {
      guard place < bytes.count else { throw unexpected("']' or '}'") }
      let byte = bytes[place]
      // Nearly all of what is passed is lists of numbers.
      if byte &- UInt8(ascii: "0") < 10 {
        place += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): _ = try takeString("a text")
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        guard depth < Self.deepest else { throw tooDeep }
        open = open << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        place += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open & 1 == (byte == UInt8(ascii: "}") ? 1 : 0) else {
          throw unexpected(open & 1 == 1 ? "'}'" : "']'")
        }
        open >>= 1
        depth -= 1
        place += 1
      default: place += 1
      }
    } while depth > 0
  }
}

// MARK: - Bytes

extension JSONScanner {
  @inlinable @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  @inlinable @inline(__always)
  static func endsLiteral(_ byte: UInt8) -> Bool {
    // Nearly all bytes of a trace's literals are digits.
    if byte &- UInt8(ascii: "0") < 10 { return false }
    return switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: isBlank(byte)
    }
  }

  /// The fault that something else stands here, or nothing.
  @inline(never)
  public func unexpected(_ expected: String) -> TextFault {
    guard place < bytes.count else {
      return TextFault(
        found: "the end of the \(unit.rawValue)", expected: expected, at: bytes.count)
    }
    // Four bytes hold any character.
    let rest = UnsafeBufferPointer(rebasing: bytes[place...].prefix(4 * Self.mostShown))
    return TextFault(
      found: Self.shown(String(decoding: rest, as: UTF8.self)), expected: expected, at: place)
  }

  @usableFromInline var tooDeep: TextFault {
    TextFault(
      found: "brackets \(Self.deepest + 1) levels deep", expected: "at most \(Self.deepest)",
      at: place)
  }

  private static let mostShown = 12

  /// The beginning of a text as a message shows it, up to the end of its line.
  static func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(mostShown).prefix {
      $0.properties.generalCategory != .control
    }
    return scalars.isEmpty
      ? "a control character" : "'\(String(String.UnicodeScalarView(scalars)))'"
  }
}
