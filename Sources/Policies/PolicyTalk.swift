// SPDX-License-Identifier: GPL-3.0-or-later

/// A run and one policy outside, from the greeting to the good-bye.
///
///     let talk = try PolicyTalk(command, as: "placement", TalkRecord(recording))
///     try talk.greet(hello, asking: ["placement"])
///     let line = try talk.ask(question, number: 1, seam: "placement", at: 0, parts: 1)
///     try talk.end(at: 60_000_000_000)
///
/// It knows nothing of what is asked: a seam has its own messages, and reads the answers. The policy
/// is gone when the talk is.
public final class PolicyTalk {
  /// What tells its lines from those of others in a transcript: what it decides, of several the first.
  public let name: String
  /// What it was asked about last; its name before that.
  private var seam: String
  private let command: PolicyCommand
  private var process: PolicyProcess?
  private let record: TalkRecord
  /// The question that it is at.
  private var question: Int?
  private var lastLine: [UInt8] = []

  /// A line has so many bytes at most, and so many more for each thing that is asked about.
  private static let longestLine = 1 << 20
  private static let longestPart = 1 << 10
  /// So long a policy may take to end by itself, in seconds.
  private static let longestFarewell = 2.0

  public init(
    _ command: PolicyCommand, as name: String, _ record: TalkRecord
  ) throws(TalkError) {
    self.name = name
    seam = name
    self.command = command
    self.record = record
    guard record.startsPolicies else { return }
    do throws(PolicyProcess.Fault) {
      process = try PolicyProcess(command)
    } catch {
      throw failure(error)
    }
  }

  /// Introduces the run, and makes sure that the policy answers what it is going to be asked about.
  public func greet(_ hello: [UInt8], asking seams: [String]) throws(TalkError) {
    let line = try exchange(hello, at: 0, parts: 0)
    do throws(MessageFault) {
      _ = try Greeting(line, asked: seams)
    } catch {
      throw .policy(self.error(error.problem, said: line))
    }
  }

  /// Asks one question, which may have lines before it that say what has changed.
  ///
  /// `parts` is the number of things that are asked about.
  public func ask(
    _ message: [UInt8], number: Int, seam: String, at time: Int64, parts: Int
  ) throws(TalkError) -> [UInt8] {
    question = number
    self.seam = seam
    lastLine = try exchange(message, at: time, parts: parts)
    return lastLine
  }

  /// Says good-bye, and gives the policy a little time to end.
  public func end(at time: Int64) throws(TalkError) {
    question = nil
    seam = name
    let bye = Array("{\"type\":\"bye\",\"reason\":\"end\"}\n".utf8)
    try note(bye, at: time)
    if let process {
      let rest = process.end(
        saying: bye, within: min(command.timeout, Self.longestFarewell))
      let words = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
      if let line = words.split(separator: UInt8(ascii: "\n")).first {
        throw .policy(
          error(
            "found words that nobody asked for, expected one answer a question", said: Array(line)))
      }
    }
    process = nil
  }

  /// An error in the last answer.
  public func error(inAnswer problem: String) -> PolicyError {
    error(problem, said: lastLine)
  }

  private func error(_ problem: String, said: [UInt8] = []) -> PolicyError {
    let source = process == nil ? record.expected?.path : nil
    return PolicyError(
      seam: seam, command: source ?? command.text, question: question, problem: problem,
      said: said, errors: process?.errors.bytes ?? [])
  }
}

// MARK: - Messages

extension PolicyTalk {
  private func exchange(
    _ message: [UInt8], at time: Int64, parts: Int
  ) throws(TalkError) -> [UInt8] {
    try note(message, at: time)
    let wanted = try record.expected.map { (_) throws(TalkError) in try expectedAnswer() }
    guard let process else { return try note(answer: wanted ?? [], at: time) }
    let line: [UInt8]
    do throws(PolicyProcess.Fault) {
      line = try process.exchange(
        message, within: command.timeout, upTo: Self.longestLine + parts * Self.longestPart)
    } catch {
      throw failure(error)
    }
    _ = try note(answer: line, at: time)
    if let wanted, !saySame(line, wanted) {
      throw .policy(
        difference("it answers otherwise than in \(record.expected?.path ?? "")", line, wanted))
    }
    return line
  }

  /// Writes down what is sent, or holds it to the transcript.
  private func note(_ message: [UInt8], at time: Int64) throws(TalkError) {
    guard record.isKept else { return }
    for line in message.split(separator: UInt8(ascii: "\n")) {
      try record.write(line, from: .run, as: name, at: time)
      guard record.expected != nil else { continue }
      let entry = try nextEntry()
      guard entry?.source == .run, entry?.seam == name, let recorded = entry?.line,
        recorded == Array(line)
      else { throw .policy(otherQuestion(Array(line), entry)) }
    }
  }

  private func note(answer line: [UInt8], at time: Int64) throws(TalkError) -> [UInt8] {
    try record.write(line, from: .policy, as: name, at: time)
    return line
  }

  private func expectedAnswer() throws(TalkError) -> [UInt8] {
    guard let entry = try nextEntry() else {
      throw .policy(error("found the end of the transcript, expected an answer"))
    }
    guard entry.source == .policy, entry.seam == name else {
      throw .policy(error("found a message of the run in the transcript, expected an answer"))
    }
    return entry.line
  }

  private func nextEntry() throws(TalkError) -> TranscriptEntry? {
    do throws(MessageFault) {
      return try record.expected?.next()
    } catch {
      throw .policy(self.error(error.problem))
    }
  }
}

// MARK: - Errors

extension PolicyTalk {
  private func failure(_ fault: PolicyProcess.Fault) -> TalkError {
    let what = question == nil ? "its greeting" : "its answer"
    let problem =
      switch fault {
      case .notStarted(let reason): "it can't be started: \(reason)"
      case .late:
        "found no whole line within \(seconds(command.timeout)), expected \(what); does it read all "
          + "lines, and flush what it writes?"
      case .ended(let end): "found \(end), expected \(what)"
      case .closedInput: "found its standard input closed, expected it to read on until \"bye\""
      case .closedOutput: "found its standard output closed, expected \(what)"
      case .longLine(let limit): "found more than \(limit) bytes at once, expected \(what)"
      }
    let said: [UInt8] =
      switch fault {
      case .late, .ended, .closedOutput, .longLine: process?.rest ?? []
      case .notStarted, .closedInput: []
      }
    return .policy(error(problem, said: said))
  }

  private func seconds(_ seconds: Double) -> String {
    let whole = Int(exactly: seconds)
    return (whole.map { "\($0)" } ?? "\(seconds)") + " s"
  }

  /// The run itself is another one than that of the transcript.
  private func otherQuestion(_ line: [UInt8], _ entry: TranscriptEntry?) -> PolicyError {
    guard let entry else {
      return difference(
        "found the end of \(record.expected?.path ?? ""), expected what the run says", line, [])
    }
    return difference(
      "the run says otherwise than in \(record.expected?.path ?? ""): is it of the same scenario and seed?",
      line, entry.line)
  }

  private func difference(_ problem: String, _ now: [UInt8], _ then: [UInt8]) -> PolicyError {
    // Both from a little before the first byte that differs.
    let same = zip(now, then).prefix { $0 == $1 }.count
    let start = max(0, same - 60)
    func shown(_ line: [UInt8]) -> String {
      (start > 0 ? "..." : "") + PolicyError.shown(line.dropFirst(start))
    }
    var error = error(problem + "\n  now:  \(shown(now))\n  then: \(shown(then))")
    error.isDifference = true
    return error
  }
}
