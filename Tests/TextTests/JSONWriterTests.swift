// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing
import Text

@Suite struct JSONWriterTests {
  @Test func objectsKeepTheirOrderAndAreIndented() {
    let value = JSON.object([
      ("zeta", .array([.integer(1), .number(0.5), .null])), ("alpha", .object([])),
      ("raw", .raw("{\n  \"a\": 1\n}\n")), ("none", .array([])),
    ])
    let expected = """
      {
        "zeta": [
          1,
          0.5,
          null
        ],
        "alpha": {},
        "raw": {
          "a": 1
        },
        "none": []
      }

      """
    // The inner lines of raw text move with their surroundings.
    #expect(value.prettyText == expected)
  }

  @Test(arguments: [
    ("a\"b", "\"a\\\"b\""), ("back\\slash", "\"back\\\\slash\""), ("\n\r\t", "\"\\n\\r\\t\""),
    ("\u{1}\u{1f}", "\"\\u0001\\u001f\""), ("算力", "\"算力\""),
  ])
  func stringsAreEscaped(text: String, expected: String) {
    #expect(JSON.string(text).prettyText == expected + "\n")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatJSONCannotSayIsNull(value: Double) {
    #expect(JSON.number(value).prettyText == "null\n")
  }

  @Test func everyControlCharacterReadsBack() throws {
    let text = String(String.UnicodeScalarView((0..<0x200).compactMap(Unicode.Scalar.init)))
    let printed = JSON.array([.string(text)]).prettyText
    let read = try JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [String]
    #expect(read == [text])
  }

  @Test func layoutsDifferInTheirLineEndsAlone() {
    let value = JSON.object([
      ("a", .array([.integer(1), "b"])), ("c", .object([("d", .null), ("e", .array([]))])),
    ])
    #expect(value.text(.flat) == #"{"a": [1, "b"], "c": {"d": null, "e": []}}"#)
    #expect(
      value.text(.innermostFlat) == """
        {
          "a": [1, "b"],
          "c": {
            "d": null,
            "e": []
          }
        }
        """)
  }

  @Test func whatYAMLTakesForALineBreakIsEscapedForIt() {
    let text = "\u{7f}\u{85}\u{2028}\u{feff}算"
    #expect(JSON.quoted(text) == "\"\(text)\"")
    #expect(JSON.quoted(text, .yaml) == #""\u007f\u0085\u2028\ufeff算""#)
  }

  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (12.5, "12.5"), (1e15, "1000000000000000"), (1e22, "1e+22"),
      (-0x1p53, "-9007199254740992"), (.leastNonzeroMagnitude, "5e-324"),
    ] as [(Double, String)])
  func numbersAreShort(value: Double, text: String) {
    #expect(JSON.number(value).text(.flat) == text)
    #expect(Double(text) == value)
  }
}
