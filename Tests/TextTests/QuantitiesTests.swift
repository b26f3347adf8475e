// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

@Suite struct QuantitiesTests {
  @Test(arguments: [
    (400e9, "400 Gbps"), (0, "0 bps"), (1.5e12, "1.5 Tbps"), (999.96e9, "1 Tbps"),
    (999.4e6, "999 Mbps"), (-2e3, "-2 kbps"), (0.25, "0.25 bps"), (12_345, "12.3 kbps"),
    (.infinity, "∞"), (.nan, "unknown"),
  ])
  func ratesTakeAPrefix(value: Double, text: String) {
    #expect(formatted(bitsPerSecond: value) == text)
  }

  @Test(arguments: [
    (0, "0 s"), (9.7e-3, "9.7 ms"), (5e-6, "5 µs"), (1e-9, "1 ns"), (12.34, "12.3 s"),
    (59.96, "1 min"), (90, "1.5 min"), (3600, "1 h"), (86_400, "24 h"), (172_800, "2 d"),
    (0.9999, "1 s"),
  ])
  func timesTakeAUnit(value: Double, text: String) {
    #expect(formatted(seconds: value) == text)
  }

  @Test func countsAndBytes() {
    #expect(formatted(count: 17) == "17")
    #expect(formatted(count: 1_234_567) == "1.23 M")
    #expect(formatted(bytes: 1.5e9) == "1.5 GB")
    #expect(formatted(count: 140e12) == "140 T")
  }

  @Test func partsAreInPercent() {
    #expect(formatted(percentOf: 0.12345) == "12.3 %")
    #expect(formatted(percentOf: .nan) == "-")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (0.125, "0.125"),
    (1234.5, "1.23 k"), (1e18, "1 E"), (.nan, "-"),
  ])
  func wholeNumbersAreCompleteAndOthersShort(value: Double, text: String) {
    #expect(formatted(number: value) == text)
  }
}
