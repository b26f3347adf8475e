// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing
import Text

@Suite struct JSONValueTests {
  private func value(_ text: String) throws -> JSONValue {
    try JSONValue(reading: UTF8Text(Array(text.utf8)))
  }

  /// A value as Foundation would give it.
  private func plain(_ value: JSONValue) -> Any {
    switch value.content {
    case .null: NSNull()
    case .boolean(let value): value
    case .number(let number): number
    case .string(let text): text
    case .array(let elements): elements.map(plain)
    case .object(let members):
      Dictionary(members.map { ($0.key, plain($0.value)) }, uniquingKeysWith: { $1 })
    }
  }

  @Test(arguments: [
    "[1, -2.5e-3, 0, 1E+2, true, false, null]",
    "{\"a\": {\"b\": [[], {}, [{}]]}, \"\": \"\"}",
    "[\"\\u00e9\\ud83d\\ude00 \\\"\\\\\\/\\b\\f\\n\\r\\t\", \"é😀\"]",
    "\t{\r\n\"a\"\t:\r1\n}\n",
  ])
  func valuesAreThoseOfAnotherReader(_ text: String) throws {
    let other = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect((plain(try value(text)) as? NSObject) == (other as? NSObject))
  }

  @Test(arguments: [
    "", "{", "[1,]", "[1 2]", "{\"a\" 1}", "{a: 1}", "{\"a\": 1,}", "\"a", "\"\\x\"", "\"\\ud83d\"",
    "\"\\ud83d\\u0041\"", "\"\\u12G4\"", "\"a\nb\"", "01a", "01", "1.", ".5", "-", "1e", "+1",
    "0x10", "1e999", "Infinity",
    "tru",
    "[1] 2", "'a'", "// a\n1", "[1}", "\"\\u12",
  ])
  func whatIsNoJSONIsAnError(_ text: String) {
    #expect(throws: TextFault.self) { try value(text) }
  }

  private func fault(of text: String) -> String? {
    do throws(TextFault) {
      _ = try JSONValue(reading: UTF8Text(Array(text.utf8)))
      return nil
    } catch {
      return "\(error.offset): found \(error.found), expected \(error.expected)"
    }
  }

  @Test(arguments: [
    ("", "0: found the end of the file, expected a value"),
    ("[1,]", "3: found ']', expected a value"),
    ("[1 2]", "3: found '2]', expected ',' or ']'"),
    ("{\"a\" 1}", "5: found '1}', expected ':' behind the key"),
    ("{a: 1}", "1: found 'a: 1}', expected a key in quotes"),
    ("\"a", "2: found the end of the file, expected '\"'"),
    (
      "[tru]", "1: found 'tru', expected a text in quotes, a number, true, false or null"
    ),
    (
      #"["\x"]"#,
      #"2: found '\x', expected an escape: \", \\, \/, \b, \f, \n, \r, \t or \uXXXX"#
    ),
    (#"["\ud83d\u0041"]"#, #"2: found '\ud83d', expected both halves of a character"#),
    (#"["\u12G4"]"#, #"2: found '\u12G4', expected four hexadecimal digits"#),
    ("\"a\nb\"", "2: found a control character, expected text or '\"'"),
    ("[1] 2", "4: found '2', expected the end of the file"),
  ])
  func faultsSayWhereAndWhat(text: String, expected: String) {
    #expect(fault(of: text) == expected)
  }

  @Test func nestingHasALimit() {
    let open = String(repeating: "[", count: JSONScanner.deepest)
    let close = String(repeating: "]", count: JSONScanner.deepest)
    #expect(fault(of: open + close) == nil)
    #expect(
      fault(of: "[" + open) == "100: found brackets 101 levels deep, expected at most 100")
  }

  @Test func ofRepeatedKeysTheLastCounts() throws {
    let value = try value(#"{"a": 1, "\u0061": 2, "a": null}"#)
    guard case .object(let members) = value.content else {
      Issue.record("it is an object")
      return
    }
    #expect(members.map(\.key) == ["a", "a", "a"] && members.map(\.value.offset) == [6, 19, 27])
    guard case .null = value["a"]?.content else {
      Issue.record("the last is null")
      return
    }
  }
}
