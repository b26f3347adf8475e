// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Pages

@Suite struct DigitsTests {
  @Test(
    arguments: [
      (0, "0"), (1, "1"), (-17, "-17"), (999_999, "999999"), (3_279_274_631_782, "327927e7"),
      (0.24842989634712662, "24843e-5"), (1e-9, "1e-9"), (1e21, "1e21"), (.nan, "null"),
      (.infinity, "null"),
    ] as [(Double, String)])
  func knownNumbers(_ value: Double, _ text: String) {
    #expect(Digits.short(value) == text)
  }

  @Test func allNumbersAreWithinAMillionth() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let size = Double.random(in: -200...200, using: &generator)
      let value = Double.random(in: -1...1, using: &generator) * exp(size)
      let short = try #require(Double(Digits.short(value)))
      #expect(abs(short - value) <= 5.1e-6 * abs(value), "\(value)")
    }
  }

  @Test func binsHoldWhatIsInThem() {
    for exponent in -9...12 {
      for digit in [1.0, 1.5, 1.999999, 2, 3, 4.999999, 5, 7, 9.999999] {
        let value = Double("\(digit)e\(exponent)") ?? .nan
        let bin = Spread.bin(of: value)
        #expect(Spread.bound(bin) <= value && value < Spread.bound(bin + 1), "\(value)")
      }
    }
  }
}
