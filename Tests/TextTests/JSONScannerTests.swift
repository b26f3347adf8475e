// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

@Suite struct JSONScannerTests {
  /// The keys and the values of an object as they are written.
  private func members(of text: String) throws(TextFault) -> [String] {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer { bytes throws(TextFault) in
      var scanner = JSONScanner(bytes, of: .line)
      var members: [String] = []
      try scanner.take("{", "an object")
      while let key = try scanner.nextKey(isFirst: members.isEmpty) {
        let value = try scanner.skipValue()
        members += [key, value].map { String(decoding: bytes[$0.range], as: UTF8.self) }
      }
      guard scanner.isAtEnd else { throw scanner.unexpected("the end") }
      return members
    }
  }

  @Test func valuesAreTheTextAsItIsWritten() throws {
    let text = #" { "a" : 1e5 , "b":"x\"y" ,"c":[{"d":["]"]}, null], "e" :true} "#
    #expect(
      try members(of: text)
        == ["a", "1e5", "b", #"x\"y"#, "c", #"[{"d":["]"]}, null]"#, "e", "true"])
    #expect(try members(of: "{}") == [])
  }

  @Test func whatIsPassedMustOnlyMatch() throws {
    #expect(
      try members(of: #"{"a": [1 2,, tru "\x"], "b": nul}"#) == [
        "a", #"[1 2,, tru "\x"]"#, "b", "nul",
      ])
  }

  @Test(arguments: [
    (#"{"a": [1, 2}"#, 11, "']'"), (#"{"a": {"b": [}]}"#, 13, "']'"), (#"{"a": {]"#, 7, "'}'"),
    (#"{"a": [1"#, 8, "']' or '}'"), (#"{"a": "b\"}"#, 11, "'\"'"), (#"{"a": }"#, 6, "a value"),
    (#"{"a": "b\"#, 9, "'\"'"), (#"{"a": 1, }"#, 9, "a key in quotes"), ("{\"", 2, "'\"'"),
  ])
  func whatDoesNotMatchIsAnError(text: String, offset: Int, expected: String) {
    do throws(TextFault) {
      _ = try members(of: text)
      Issue.record("it is no object")
    } catch {
      #expect(error.offset == offset && error.expected == expected)
    }
  }
}
