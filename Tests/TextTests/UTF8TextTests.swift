// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

@Suite struct UTF8TextTests {
  @Test func aByteOrderMarkIsNoPartOfTheText() throws {
    let text = try UTF8Text([0xEF, 0xBB, 0xBF] + Array("é\nb".utf8))
    #expect(text.bytes == Array("é\nb".utf8))
    #expect(text.mark(at: 0) == Mark(line: 1, column: 1))
    #expect(text.mark(at: 2) == Mark(line: 1, column: 2))
    #expect(text.mark(at: 3) == Mark(line: 2, column: 1))
  }

  @Test(
    arguments: [
      ([0x61, 0xFF], "found byte 0xFF, expected UTF-8 text", 1),
      ([0x61, 0xC3], "found byte 0xC3, expected UTF-8 text", 1),
      ([0xED, 0xA0, 0x80], "found byte 0xED, expected UTF-8 text", 0),
      ([0x61, 0, 0xFF], "found a NUL byte, expected UTF-8 text", 1),
      ([0xFF, 0xFE, 0x3C, 0], "found a UTF-16 byte order mark, expected UTF-8 text", 0),
    ] as [([UInt8], String, Int)])
  func whatIsNotUTF8IsSaid(bytes: [UInt8], expected: String, offset: Int) {
    do throws(TextFault) {
      _ = try UTF8Text(bytes)
      Issue.record("it is no UTF-8")
    } catch {
      #expect("found \(error.found), expected \(error.expected)" == expected)
      #expect(error.offset == offset)
    }
  }
}
