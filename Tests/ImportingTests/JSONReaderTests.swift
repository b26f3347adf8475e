// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Importing

@Suite struct JSONReaderTests {
  private func value(_ text: String) throws -> JSONValue {
    try JSONReader.value(of: InputText(Array(text.utf8)))
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
    "\"\\ud83d\\u0041\"", "\"\\u12G4\"", "\"a\nb\"", "01a", "+1", "0x10", "1e999", "Infinity",
    "tru",
    "[1] 2", "'a'", "// a\n1", "[1}", "\"\\u12",
  ])
  func whatIsNoJSONIsAnError(_ text: String) {
    #expect(throws: Fault.self) { try value(text) }
  }
}
