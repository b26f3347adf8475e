// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

@Suite struct ShortNumberTests {
  private func prefix(_ text: String) -> (number: ShortNumber, length: Int)? {
    Array(text.utf8).withUnsafeBufferPointer { ShortNumber.prefix(of: $0) }
      .map { (number: $0.0, length: $0.length) }
  }

  /// As the library has it, which rounds once.
  @Test func isReadAndScaledAsByTheLibrary() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let whole = String(Int.random(in: 0..<100_000_000, using: &random))
      let places = Int.random(in: 0...(15 - whole.utf8.count), using: &random)
      let fraction = (0..<places).map { _ in String(Int.random(in: 0...9, using: &random)) }
      let text = whole + (places > 0 ? "." : "") + fraction.joined()
      let power = Int.random(in: -7...22, using: &random)
      let (number, length) = try #require(prefix(text + " Gbps"))
      #expect(length == text.utf8.count)
      #expect(number.value(timesTenTo: power) == Double("\(text)e\(power)"), "\(text)e\(power)")
      #expect(number.integer == Double(text).flatMap { Int64(exactly: $0) }, "\(text)")
    }
  }

  @Test(
    arguments: [
      ("", nil), (".5", nil), ("-1", nil), ("+1", nil), ("x", nil), ("1.", nil), ("1.x", nil),
      ("1_000", 1), ("0x10", 1), ("1e3", 1), ("1.5e3", 3), ("007", 3), ("999999999999999", 15),
      ("1000000000000000", nil), ("1.00000000000000", 16), ("1.000000000000000", nil),
      ("12345678901234567890123", nil), ("1.12345678901234567890", nil),
    ] as [(String, Int?)])
  func isNoMoreThanItIs(text: String, length: Int?) {
    #expect(prefix(text)?.length == length)
  }
}
