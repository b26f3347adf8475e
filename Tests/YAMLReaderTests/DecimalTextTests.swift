// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import YAMLReader

@Suite struct DecimalTextTests {
  @Test(arguments: [
    ("1", 1), ("+1.5", 1.5), ("-2e3", -2000), ("1E-2", 0.01), ("007", 7), ("0e999999", 0),
    ("1e-999999", 0),
  ])
  func decimalNumbersHaveTheirValue(text: String, value: Double) {
    #expect(DecimalText(text)?.value() == value)
  }

  @Test(arguments: ["", "-", "--1", ".5", "5.", "1e", "0x10", "1_000", "nan", "inf", "1 ", "１"])
  func nothingElseIsANumber(text: String) {
    #expect(DecimalText(text) == nil)
  }

  @Test(arguments: ["1e400", "1e99999999999999999999999"])
  func whatIsTooLargeHasNoValue(text: String) throws {
    #expect(try #require(DecimalText(text)).value() == nil)
  }

  @Test func scalingByATenRoundsOnce() throws {
    // 0.07 * 1e9 in two steps would be 70000000.00000001.
    #expect(try #require(DecimalText("0.07")).value(timesTenTo: 9) == 70_000_000)
  }
}

@Suite struct NearestNameTests {
  @Test(
    arguments: [
      ("capacty", "capacity"), ("Capacity", "capacity"), ("dealy", "delay"), ("xyz", nil),
      ("nmae", "name"), ("", nil),
    ] as [(String, String?)])
  func misspeltNamesFindTheirNeighbour(name: String, expected: String?) {
    #expect(nearestName(to: name, among: ["name", "capacity", "delay", "two_way"]) == expected)
  }
}
