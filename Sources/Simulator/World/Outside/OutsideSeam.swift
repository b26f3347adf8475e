// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies

/// One kind of decision that a program outside takes.
///
///     let reply: QueueReply = try seam.ask(at: now, parts: 1) { writer in
///       news of what has changed, whole lines
///     } question: { writer in
///       members of the question, each with a comma before it
///     }
///     guard ... else { throw seam.wrong("found ..., expected ...") }
///
/// Whoever asks holds the reply to what can be before any of it is done.
struct OutsideSeam {
  let name: String
  private let program: OutsideProgram

  init(name: String, program: OutsideProgram) {
    self.name = name
    self.program = program
  }

  var command: PolicyCommand { program.command }

  /// Tells what has changed, asks, and reads what is said; `parts` is the number of things that it is
  /// about, by which the answer may be long.
  func ask<Reply: PolicyReply>(
    at now: SimTime, parts: Int, news: (inout MessageWriter) -> Void,
    question: (inout MessageWriter) -> Void
  ) throws(RunError) -> Reply {
    guard let talk = program.talk else {
      preconditionFailure("\(name) is asked before the greeting")
    }
    program.questions += 1
    program.writer.removeAll()
    news(&program.writer)
    program.writer.raw("{\"type\":\"ask\",\"q\":")
    program.writer.number(Int64(program.questions))
    program.writer.raw(",\"t\":")
    program.writer.number(now.nanoseconds)
    program.writer.raw(",\"seam\":")
    program.writer.text(name)
    question(&program.writer)
    program.writer.raw("}")
    program.writer.endLine()
    do throws(TalkError) {
      let line = try talk.ask(
        program.writer.bytes, number: program.questions, seam: name, at: now.nanoseconds,
        parts: parts)
      return try talk.reply(line, to: program.questions)
    } catch {
      throw RunError(error)
    }
  }

  /// An error in the last answer.
  func wrong(_ problem: String) -> RunError {
    guard let talk = program.talk else { preconditionFailure("\(name) was never asked") }
    return .policy(talk.error(inAnswer: problem))
  }

  /// The time of a call that an answer wants, which has to come.
  func call(at nanoseconds: Int64?, after now: SimTime) throws(RunError) -> SimTime? {
    guard let nanoseconds else { return nil }
    guard nanoseconds > now.nanoseconds else {
      throw wrong("found call_at \(nanoseconds), expected a time after \(now.nanoseconds)")
    }
    return SimTime(nanoseconds: nanoseconds)
  }
}

extension MessageWriter {
  /// A member of a message behind others.
  mutating func member(_ key: StaticString, _ value: Int64) {
    raw(key)
    number(value)
  }

  mutating func member(_ key: StaticString, _ value: String) {
    raw(key)
    text(value)
  }

  /// A list, whose elements `element` writes.
  mutating func list<Elements: Sequence>(
    _ elements: Elements, _ element: (Elements.Element, inout MessageWriter) -> Void
  ) {
    raw("[")
    for part in elements {
      comma()
      element(part, &self)
    }
    raw("]")
  }
}

extension RunError {
  init(_ error: TalkError) {
    switch error {
    case .policy(let error): self = .policy(error)
    case .results(let error): self = .results(error)
    }
  }
}
