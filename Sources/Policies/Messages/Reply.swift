// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// What a policy answers at one seam, as it was said: nothing of it is held to what can be yet.
package protocol PolicyReply {
  /// Reads the answer to the question of that number.
  init(_ line: [UInt8], to question: Int) throws(MessageFault)
}

extension [UInt8] {
  /// Reads a line as the answer to the question of that number; `member` is handed each key but those
  /// that all answers have.
  func answer(
    to asked: Int, _ member: (String, inout MessageReader) throws(MessageFault) -> Void
  ) throws(MessageFault) {
    var type: String?
    var question: Int64?
    try message { (reader) throws(MessageFault) in
      try reader.object("an answer: {\"type\":\"answer\",\"q\":\(asked),...}") {
        (key, reader) throws(MessageFault) in
        switch key {
        case "type": type = try reader.text("\"answer\"")
        case "q": question = try reader.whole("the number of the question")
        default: try member(key, &reader)
        }
      }
      try reader.end()
    }
    guard type == "answer" else {
      throw MessageFault(
        found: type.map { "type \"\($0)\"" } ?? "no type", expected: "\"answer\"")
    }
    guard question == Int64(asked) else {
      throw MessageFault(
        found: question.map { "an answer to question \($0)" } ?? "no \"q\"",
        expected: "one to question \(asked)")
    }
  }
}

extension PolicyTalk {
  /// Reads the line that a question was answered by.
  package func reply<Reply: PolicyReply>(
    _ line: [UInt8], to question: Int
  ) throws(TalkError) -> Reply {
    do throws(MessageFault) {
      return try Reply(line, to: question)
    } catch {
      throw .policy(self.error(inAnswer: error.problem))
    }
  }
}
