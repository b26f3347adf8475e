// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// What is done with what a run and its policies say to each other.
public struct PolicyRecording: Equatable, Sendable {
  /// Where answers come from.
  public enum Answers: Equatable, Sendable {
    /// Policies are started and asked.
    case policy
    /// The answers of a transcript are taken, and no policy is started.
    case transcript(String)
    /// Policies are asked, and must answer as a transcript has it.
    case policyAgainst(String)
  }

  public var answers = Answers.policy
  /// The file that everything is written to.
  public var writes: String?

  public init(answers: Answers = .policy, writes: String? = nil) {
    self.answers = answers
    self.writes = writes
  }
}

/// Why a talk could not go on.
public enum TalkError: Error {
  case policy(PolicyError)
  case results(ResultsError)
}

/// The transcripts of a run: the one that is written, and the one that it is held to.
///
/// All its talks share them. A run asks one policy at a time and in the same order each time, so
/// that the lines of several stand in one file, each with the name of its talk.
public final class TalkRecord {
  /// Whether policies are asked, and not a transcript in their place.
  let startsPolicies: Bool
  let expected: TranscriptReader?
  private let writer: TranscriptWriter?

  public init(_ recording: PolicyRecording = PolicyRecording()) throws(TalkError) {
    if case .transcript = recording.answers {
      startsPolicies = false
    } else {
      startsPolicies = true
    }
    do throws(ResultsError) {
      expected =
        switch recording.answers {
        case .policy: nil
        case .transcript(let path), .policyAgainst(let path): try TranscriptReader(path)
        }
      writer = try recording.writes.map { (path) throws(ResultsError) in
        try TranscriptWriter(creating: path)
      }
    } catch {
      throw .results(error)
    }
  }

  /// Whether anybody wants to know what is said.
  var isKept: Bool { writer != nil || expected != nil }

  /// Writes a line down where a transcript is written.
  func write(
    _ line: some Collection<UInt8>, from source: TranscriptEntry.Source, as name: String,
    at time: Int64
  ) throws(TalkError) {
    guard let writer else { return }
    do throws(ResultsError) {
      try writer.note(line, from: source, seam: name, at: time)
    } catch {
      throw .results(error)
    }
  }

  /// Ends the transcript that is written: all of it is on the disk then.
  public func close() throws(TalkError) {
    do throws(ResultsError) {
      try writer?.close()
    } catch {
      throw .results(error)
    }
  }
}
