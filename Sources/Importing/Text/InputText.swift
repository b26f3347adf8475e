// SPDX-License-Identifier: GPL-3.0-or-later

/// The text of a network file as UTF-8, without a byte order mark.
struct InputText {
  let bytes: [UInt8]

  /// Checks the bytes, and converts those of an XML file that says it is in Latin-1.
  init(_ raw: [UInt8]) throws(Fault) {
    if let container = Self.container(of: raw) {
      throw Fault(found: container, expected: "the text of a network file; unpack it first")
    }
    if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      throw Fault(found: "a UTF-16 byte order mark", expected: "UTF-8 text", at: 0)
    }
    let text = raw.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(raw.dropFirst(3)) : raw
    guard text.contains(where: { !$0.isBlank }) else {
      throw Fault(found: "an empty file", expected: "a network file")
    }
    bytes = try Self.isDeclaredLatin1(text) ? Self.convertedFromLatin1(text) : text
    if let fault = Self.firstFault(in: bytes) { throw fault }
  }

  /// Bytes in which only places are counted.
  init(unchecked bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The packed or binary format that the first bytes tell.
  private static func container(of bytes: [UInt8]) -> String? {
    let signatures: [(start: [UInt8], name: String)] = [
      ([0x1F, 0x8B], "a gzip file"), ([0x50, 0x4B, 3, 4], "a zip file"),
      ([0x42, 0x5A, 0x68], "a bzip2 file"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz file"),
      ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file"),
    ]
    return signatures.first { bytes.starts(with: $0.start) }?.name
  }

  private static func firstFault(in bytes: [UInt8]) -> Fault? {
    let nul = bytes.firstIndex(of: 0)
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      if offset < nul ?? .max {
        let digits = String(bytes[offset], radix: 16, uppercase: true)
        return Fault(found: "byte 0x\(digits)", expected: "UTF-8 text", at: offset)
      }
    }
    return nul.map { Fault(found: "a NUL byte", expected: "UTF-8 text", at: $0) }
  }
}

// MARK: - Places

extension InputText {
  /// The line and the character of a byte.
  func place(at offset: Int) -> ImportError.Place {
    let before = bytes.prefix(offset)
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Every byte but a continuation byte begins a character.
    let column = before[start...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return .init(line: line, column: column)
  }

  /// Where the first word of the text begins.
  var firstWord: Int { bytes.firstIndex { !$0.isBlank } ?? 0 }

  func starts(with text: String, at offset: Int) -> Bool {
    bytes[offset...].starts(with: text.utf8)
  }
}

extension UInt8 {
  /// True for what divides the words of every format: blank, tab and line ends.
  var isBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

// MARK: - Latin-1

extension InputText {
  /// True for an XML file that declares ISO-8859-1, as those of SNDlib do.
  private static func isDeclaredLatin1(_ bytes: [UInt8]) throws(Fault) -> Bool {
    guard bytes.starts(with: "<?xml".utf8) else { return false }
    let head = bytes.prefix(200)
    let declaration = String(
      decoding: head.prefix(head.firstIndex(of: UInt8(ascii: ">")) ?? 200), as: UTF8.self)
    let words = declaration.split { "= \t\r\n\"'?".contains($0) }
    guard let key = words.firstIndex(of: "encoding"), key + 1 < words.count else { return false }
    switch words[key + 1].lowercased() {
    case "utf-8", "utf8", "us-ascii", "ascii": return false
    case "iso-8859-1", "iso_8859-1", "latin1", "latin-1": return true
    default:
      throw Fault(
        found: "the encoding \(Fault.quoted(String(words[key + 1])))",
        expected: "UTF-8 or ISO-8859-1", at: 0)
    }
  }

  /// Each byte of Latin-1 is the character of that number.
  private static func convertedFromLatin1(_ bytes: [UInt8]) -> [UInt8] {
    var converted: [UInt8] = []
    converted.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte < 0x80 {
        converted.append(byte)
      } else {
        converted.append(0xC0 | byte >> 6)
        converted.append(0x80 | byte & 0x3F)
      }
    }
    return converted
  }
}
