// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

@Suite struct HexadecimalTests {
  @Test(arguments: [0, 0xABC, .max, 0x1000_0000_0000_0000] as [UInt64])
  func whatIsWrittenReadsBack(value: UInt64) {
    let text = Hexadecimal.text(of: value, digits: 16)
    #expect(text.count == 16 && UInt64(text, radix: 16) == value)
    #expect(Hexadecimal.value(of: text.utf8) == value)
    #expect(Hexadecimal.value(of: text.uppercased().utf8) == value)
  }

  @Test func zerosStandOnlyUpToTheDigitsAskedFor() {
    #expect(Hexadecimal.text(of: 0xABC, digits: 2) == "abc")
    #expect(Hexadecimal.text(ofByte: 0xA) == "0x0A")
  }

  @Test(arguments: ["", "+1", "-1", "0x1", "g", " 1", "10000000000000000", "１"])
  func nothingButDigitsIsRead(text: String) {
    #expect(Hexadecimal.value(of: text.utf8) == nil)
  }
}
