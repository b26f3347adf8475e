// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What a row of a trace asks for.
public enum Work: Equatable, Sendable, BitwiseCopyable {
  /// Tokens are whole unless they were scaled.
  case request(inputTokens: Double, outputTokens: Double)
  /// What a trace does not know is nil.
  case job(processors: Int?, runTime: SimDuration?)
}

/// How a trace of requests or jobs is written.
public enum WorkFormat: Equatable, Sendable {
  /// Requests to language models.
  case requests
  case jobs(JobFormat)
}

/// A row of a trace of requests or jobs, whichever its format.
public struct WorkRecord: TraceRecord, BitwiseCopyable {
  public var time: SimTime
  public var work: Work

  public mutating func scale(by factor: Double) {
    switch work {
    case .request(let inputTokens, let outputTokens):
      work = .request(inputTokens: inputTokens * factor, outputTokens: outputTokens * factor)
    case .job(let processors, let runTime):
      work = .job(processors: processors, runTime: runTime?.scaled(by: factor))
    }
  }
}

extension WorkRecord {
  init(_ job: TraceJob) {
    self.init(
      time: job.time, work: .job(processors: job.processors, runTime: job.runTime))
  }
}
