// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Text

@testable import Policies

@Suite struct PlacementReplyTests {
  private func problem(_ text: String, to question: Int = 7) -> String {
    do {
      _ = try PlacementReply(Array(text.utf8), to: question)
      return ""
    } catch {
      return error.problem
    }
  }

  @Test func anAnswerIsReadInAnyOrder() throws {
    let text = #"""
      { "place": [{"pool":"cpn:-/-/a/\u0070","job":"j1"}], "q":7 , "wait":[{"job":"j2","until":9},
      {"job":"j3"}],"refuse":[{"job":"j4","reason":"too dear"}],"call_at":1e3,"delay":5,"type":"answer"}
      """#
    let reply = try PlacementReply(Array(text.utf8), to: 7)
    var expected = PlacementReply(question: 7, callAt: 1000, delay: 5)
    expected.decisions = [
      ("j1", .place(pool: "cpn:-/-/a/p")), ("j2", .wait(until: 9)), ("j3", .wait(until: nil)),
      ("j4", .refuse(reason: "too dear")),
    ]
    #expect(reply == expected)
  }

  @Test(arguments: [
    (
      "",
      "found the end of the line at byte 1, expected an answer: {\"type\":\"answer\",\"q\":7,...}"
    ),
    ("[]", "found '[]' at byte 1, expected an answer: {\"type\":\"answer\",\"q\":7,...}"),
    (#"{"type":"answer","q":7"#, "found the end of the line at byte 23, expected ',' or '}'"),
    (#"{"type":"answer","q":7}]"#, "found ']' at byte 24, expected the end of the line"),
    (#"{"type":"ask","q":7}"#, "found type \"ask\", expected \"answer\""),
    (#"{"q":7}"#, "found no type, expected \"answer\""),
    (#"{"type":"answer"}"#, "found no \"q\", expected one to question 7"),
    (#"{"type":"answer","q":6}"#, "found an answer to question 6, expected one to question 7"),
    (#"{"q":"7"}"#, "found '\"7\"}' at byte 6, expected the number of the question"),
    (#"{"q":7.5}"#, "found '7.5', expected the number of the question"),
    (#"{"delay":-1}"#, "found -1, expected 0 or more"),
    (
      #"{"palce":[]}"#,
      "found the key \"palce\", expected type, q, place, wait, refuse, call_at, delay; did you mean "
        + "\"place\"?"
    ),
    (#"{"place":[{"pool":"p"}]}"#, "found no \"job\", expected its name"),
    (#"{"place":[{"job":"j"}]}"#, "found no \"pool\" for \"j\", expected one"),
    (
      #"{"place":{"j":"p"}}"#,
      "found '{\"j\":\"p\"}}' at byte 10, expected a list of objects with \"job\" and \"pool\""
    ),
    (
      #"{"refuse":[{"job":"j","reason":""}]}"#,
      "found a reason of 0 bytes, expected 1 to 200 of them, without control characters"
    ),
  ])
  func aFlawIsTold(_ text: String, _ expected: String) {
    #expect(problem(text) == expected)
  }

  @Test func blanksAndOrderSayNothing() {
    func same(_ left: String, _ right: String) -> Bool {
      saySame(Array(left.utf8), Array(right.utf8))
    }
    #expect(same(#"{"a":[1,{"b":null}],"c":"x"}"#, #"{ "c": "\u0078", "a": [1.0, {"b":null}] }"#))
    #expect(!same(#"{"a":[1,2]}"#, #"{"a":[2,1]}"#))
    #expect(!same("{", "{ "))
  }

  @Test(arguments: [
    (0, "0"), (-12, "-12"), (0.1, "0.1"), (1e21, "1e+21"), (.infinity, "null"),
    (90_071e10, "900710000000000"),
  ])
  func numbersReadBack(_ value: Double, _ text: String) {
    var writer = MessageWriter()
    writer.number(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }

  @Test(arguments: ["batch-1", "", "a\"b\\c\nd", "\u{1}é"]) func textsReadBack(_ text: String)
    throws
  {
    var writer = MessageWriter()
    writer.text(text)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == JSON.quoted(text))
  }
}
