// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Traces

@Suite struct DecimalFieldTests {
  @Test(
    arguments: [
      ("0", 0), ("1", 1_000_000_000), ("0.000000001", 1), ("1.", 1_000_000_000),
      (".5", 500_000_000), ("1e-9", 1), ("5e-10", 1), ("4.999999999999999999999e-10", 0),
      ("0.49999999999999999e-9", 0), ("1.23456789012345678901234567890e3", 1_234_567_890_123),
      ("12345678901e-11", 123_456_789), ("0e999999999999999999999", 0),
      // In Double, 9007199.254740993 s times 1e9 gives ...992 or ...994.
      ("9007199.254740993", 9_007_199_254_740_993), ("9223372036.854775807", Int64.max),
      ("0.92233720368547758074e10", Int64.max), ("0000000000000000000000001", 1_000_000_000),
      ("0.00000000000000000000000000000001e31", 100_000_000), ("1E+1", 10_000_000_000),
    ] as [(String, Int64)])
  func secondsBecomeTheNearestNanosecond(text: String, expected: Int64) {
    #expect(decimal(text) { $0.nanoseconds } == expected)
  }

  @Test(arguments: [
    "9223372036.8547758075", "9223372036.854775808", "1e10", "1e400", "99999999999999999999",
    "1e999999999999999999999999999999",
  ])
  func whatDoesNotFitIsNil(text: String) {
    #expect(decimal(text) { $0.nanoseconds == nil } == true)
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1e5.0", "1.2.3", "--1", "1 ", " 1", "0x1p3", "1f", "1_0",
    "nan", "inf", "١",
  ])
  func whatIsNotDecimalIsRefused(text: String) {
    #expect(decimal(text) { _ in true } == nil)
  }

  @Test(arguments: [
    "1", "-2.5", "0.1", "1e22", "1e23", "123456789012345678", "9007199254740993", "1e-22",
    "1e-23", "4.9e-324", "1.7976931348623157e308", "0.30000000000000004", "8.5e-5",
    "900000000000000",
    "8999999999999999", "89999999999999.99",
  ])
  func doublesAreTheNearest(text: String) {
    #expect(decimal(text) { $0.double } == Double(text))
  }

  @Test(arguments: 0..<10)
  func doublesOfRandomDigitsAreTheNearest(seed: UInt64) {
    var bits = seed &+ 0x9e37_79b9_7f4a_7c15
    for _ in 0..<500 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = (bits >> 8) % (1 << (8 + bits % 48))
      let text = "\(digits / 1000).\(1000 + digits % 1000)e\(Int(bits >> 59) - 16)"
      #expect(decimal(text) { $0.double } == Double(text), "\(text)")
    }
  }

  private func decimal<Value>(_ text: String, _ value: (DecimalField) -> Value?) -> Value? {
    var text = text
    return text.withUTF8 { bytes in DecimalField(bytes).flatMap(value) }
  }
}
