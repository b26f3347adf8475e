// SPDX-License-Identifier: GPL-3.0-or-later

extension JSONScanner {
  /// The bytes of a number or a word.
  func word(of extent: Extent) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[extent.range]), as: UTF8.self)
  }

  /// The text that stands between two quotes, with what is escaped as itself.
  ///
  /// It never has more bytes than it has as it is written.
  public func text(of extent: Extent) throws(TextFault) -> String {
    if let place = bytes[extent.range].firstIndex(where: { $0 < 0x20 }) {
      throw TextFault(found: "a control character", expected: "text or '\"'", at: place)
    }
    guard extent.hasEscapes else { return word(of: extent) }
    var text = ""
    var place = extent.range.lowerBound
    while let escape = bytes[place..<extent.range.upperBound].firstIndex(of: UInt8(ascii: "\\")) {
      text += word(of: Extent(range: place..<escape))
      place = escape
      text.unicodeScalars.append(try takeEscape(at: &place))
    }
    return text + word(of: Extent(range: place..<extent.range.upperBound))
  }

  /// The character that an escape stands for; the quote that ends the text is behind it.
  private func takeEscape(at place: inout Int) throws(TextFault) -> Unicode.Scalar {
    let letter = bytes[place + 1]
    if letter == UInt8(ascii: "u") { return try takeCodeUnits(at: &place) }
    let scalar: Unicode.Scalar? =
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): Unicode.Scalar(letter)
      case UInt8(ascii: "b"): "\u{8}"
      case UInt8(ascii: "f"): "\u{C}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      default: nil
      }
    guard let scalar else {
      throw fault(at: place, 2, expected: #"an escape: \", \\, \/, \b, \f, \n, \r, \t or \uXXXX"#)
    }
    place += 2
    return scalar
  }

  /// One `\u` escape, or the two that stand for one character.
  private func takeCodeUnits(at place: inout Int) throws(TextFault) -> Unicode.Scalar {
    let start = place
    let first = try takeCodeUnit(at: &place)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, bytes[place...].starts(with: "\\u".utf8) {
      let second = try takeCodeUnit(at: &place)
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw fault(at: start, 6, expected: "both halves of a character")
  }

  private func takeCodeUnit(at place: inout Int) throws(TextFault) -> UInt32 {
    let digits = bytes[(place + 2)...].prefix(4)
    guard digits.count == 4, let value = Hexadecimal.value(of: digits) else {
      throw fault(at: place, 6, expected: "four hexadecimal digits")
    }
    place += 6
    return UInt32(value)
  }

  private func fault(at place: Int, _ length: Int, expected: String) -> TextFault {
    let found = UnsafeBufferPointer(rebasing: bytes[place...].prefix(length))
    return TextFault(
      found: Self.shown(String(decoding: found, as: UTF8.self)), expected: expected, at: place)
  }
}
