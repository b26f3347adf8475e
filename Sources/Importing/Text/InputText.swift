// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compression
internal import Text

/// The text of a network file as UTF-8, without a byte order mark.
struct InputText {
  private let text: UTF8Text

  var bytes: [UInt8] { text.bytes }

  /// Checks the bytes, and converts those of an XML file that says it is in Latin-1.
  init(_ raw: [UInt8]) throws(Fault) {
    if let container = ForeignContainer.name(of: raw) {
      throw Fault(
        found: container, expected: "the text of a network file, plain or packed by gzip or zstd")
    }
    let bytes = UTF8Text(unchecked: raw).bytes
    guard bytes.contains(where: { !$0.isBlank }) else {
      throw Fault(found: "an empty file", expected: "a network file")
    }
    let isLatin1 = try Self.isDeclaredLatin1(bytes)
    do throws(TextFault) {
      text = try UTF8Text(isLatin1 ? Self.convertedFromLatin1(bytes) : bytes)
    } catch {
      throw Fault(error)
    }
  }

  /// Bytes in which only places are counted.
  init(unchecked bytes: [UInt8]) {
    text = UTF8Text(unchecked: bytes)
  }
}

// MARK: - Places

extension InputText {
  /// The line and the character of a byte.
  func mark(at offset: Int) -> Mark { text.mark(at: offset) }

  /// The text as a value of JSON.
  func json() throws(Fault) -> JSONValue {
    do throws(TextFault) { return try JSONValue(reading: text) } catch { throw Fault(error) }
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
