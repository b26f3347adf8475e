// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

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

  @Test(
    arguments: [
      (".5", 0.5), ("5.", 5), ("-.5e1", -5), ("5.e1", 50), (".", nil), ("-.", nil), (".e1", nil),
      ("0x10", nil), ("inf", nil),
    ] as [(String, Double?)])
  func digitsMayBeMissingOnOneSideOfAPoint(text: String, value: Double?) {
    #expect(DecimalText(text, .loose)?.value() == value)
  }

  @Test(arguments: ["5 km", "5km", "5e3km", "5e km", "5.km", "-5.25e-3"])
  func aNumberEndsWhereItCanNotGoOn(text: String) throws {
    let (number, rest) = try #require(DecimalText.prefix(of: Substring(text)))
    let written =
      number.sign + number.whole + (number.fraction.isEmpty ? "" : ".")
      + number.fraction + (number.exponent.isEmpty ? "" : "e") + number.exponent
    #expect(written + rest == text)
    #expect(Double(written) != nil)
  }

  @Test(arguments: ["0", "-0", "10", "0.5", "-1e+5", "1E5"])
  func numbersOfJSON(text: String) throws {
    #expect(try #require(DecimalText(text)).isJSON)
  }

  @Test(arguments: ["01", "-01", "00", "+1"])
  func numbersThatJSONHasNot(text: String) throws {
    #expect(try !#require(DecimalText(text)).isJSON)
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
