// SPDX-License-Identifier: GPL-3.0-or-later

/// The bytes of a text that is UTF-8 without NUL, and without a byte order mark.
public struct UTF8Text: Sendable {
  public let bytes: [UInt8]

  public init(_ raw: [UInt8]) throws(TextFault) {
    if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      throw TextFault(found: "a UTF-16 byte order mark", expected: "UTF-8 text", at: 0)
    }
    self.init(unchecked: raw)
    if let fault = firstFault { throw fault }
  }

  /// Bytes that may be anything, in which only places are counted.
  public init(unchecked raw: [UInt8]) {
    bytes = raw.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(raw.dropFirst(3)) : raw
  }

  private var firstFault: TextFault? {
    let nul = bytes.firstIndex(of: 0)
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      if offset < nul ?? .max {
        let byte = Hexadecimal.text(ofByte: bytes[offset])
        return TextFault(found: "byte \(byte)", expected: "UTF-8 text", at: offset)
      }
    }
    return nul.map { TextFault(found: "a NUL byte", expected: "UTF-8 text", at: $0) }
  }

  /// The line and the character of a byte.
  public func mark(at offset: Int) -> Mark {
    let before = bytes.prefix(offset)
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Every byte but a continuation byte begins a character.
    let column = before[start...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return Mark(line: line, column: column)
  }
}
