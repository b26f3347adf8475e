// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Statistics
public import Traces
public import Traffic

/// What was read of a trace, and what came of it.
public struct TraceOutcome: Sendable {
  public enum Content: Sendable {
    case flows
    case requests
    case jobs
    /// Jobs on pools, and requests to services: what came of them is counted there.
    case jobsOnPools
    case requestsToServices
    /// Of a generator whose flows are answered; there is no trace, and no file.
    case answered
  }

  /// Nil where its counts do not stand in the summary.
  public var name: String?
  public var file: String
  public var content: Content
  /// Of the rows that arrived before the end of the run.
  public var account: RoundTripAccount
  public var skipped: SkippedLines
  /// Round trips that were over by the end of the run.
  public var finished: Int
  /// Seconds from their arrival to their end.
  public var response: Spread
}

extension TraceOutcome {
  /// Of a trace whose rows are jobs on pools or requests to a service.
  init(name: String, _ reading: TraceReading, _ content: Content) {
    self.init(
      name: name, file: reading.file, content: content, account: reading.account,
      skipped: reading.skipped, finished: 0, response: Spread(QuantileSketch()))
  }
}

extension RoundTrips {
  func traceOutcomes() -> [TraceOutcome] {
    book.books.compactMap(\.self).map { book in
      TraceOutcome(
        name: book.name, file: book.file, content: book.content, account: book.account,
        skipped: book.skipped(), finished: book.finished, response: Spread(book.response))
    }
  }

  /// What was read of each trace; one that was written to in the meantime is an error.
  func inputRecords() throws(RunError) -> [FileRecord] {
    var records: [FileRecord] = []
    for book in book.books {
      do throws(TraceError) {
        if let record = try book?.record?() { records.append(record) }
      } catch {
        throw .trace(error)
      }
    }
    return records
  }

}

extension SummaryTable {
  /// Adds what was counted of each trace that has a name.
  mutating func add(_ traces: [TraceOutcome]) {
    for trace in traces {
      guard let name = trace.name else { continue }
      if trace.content == .answered {
        add("\(name)/answered", Double(trace.finished))
        trace.response.describe(as: "\(name)/response", unit: "s", in: &self)
        continue
      }
      let account = trace.account
      add("\(name)/rows", Double(account.rows))
      add("\(name)/rows_skipped", Double(trace.skipped.count))
      switch trace.content {
      case .flows, .answered: continue
      case .requests, .requestsToServices:
        add("\(name)/tokens_in", account.tokensIn)
        add("\(name)/tokens_out", account.tokensOut)
      case .jobs, .jobsOnPools:
        add("\(name)/processor_time", account.processorSeconds, unit: "s")
        add("\(name)/run_times_unknown", Double(account.unknownRunTimes))
        add("\(name)/processors_unknown", Double(account.unknownProcessors))
      }
      guard trace.content == .requests || trace.content == .jobs else { continue }
      add("\(name)/rows_local", Double(account.local))
      add("\(name)/rows_finished", Double(trace.finished))
      trace.response.describe(as: "\(name)/response", unit: "s", in: &self)
    }
  }
}

// What people are shown of traces of requests and jobs.

extension RoundTrips {
  func requests(_ traces: [TraceOutcome]) -> Listing {
    var listing = Listing([
      "requests of", "rows", "skipped", "tokens in", "tokens out", "answered", "response mean",
      "p99",
    ])
    for trace in traces where trace.content == .requests {
      listing.append([
        trace.shownName, .number(trace.account.rows), .number(trace.skipped.count),
        .number(trace.account.tokensIn), .number(trace.account.tokensOut),
        .number(trace.finished), .seconds(trace.response.mean), .seconds(trace.response.p99),
      ])
    }
    return listing
  }

  func jobs(_ traces: [TraceOutcome]) -> Listing {
    var listing = Listing([
      "jobs of", "rows", "skipped", "processor time", "over", "response mean", "p99",
    ])
    for trace in traces where trace.content == .jobs {
      listing.append([
        trace.shownName, .number(trace.account.rows), .number(trace.skipped.count),
        .seconds(trace.account.processorSeconds), .number(trace.finished),
        .seconds(trace.response.mean), .seconds(trace.response.p99),
      ])
    }
    return listing
  }

  /// Generators whose flows are answered.
  func answers(_ traces: [TraceOutcome]) -> Listing {
    var listing = Listing(["answers to", "answered", "response mean", "p50", "p99"])
    for trace in traces where trace.content == .answered {
      listing.append([
        trace.shownName, .number(trace.finished), .seconds(trace.response.mean),
        .seconds(trace.response.p50), .seconds(trace.response.p99),
      ])
    }
    return listing
  }
}

extension TraceOutcome {
  fileprivate var shownName: Cell { name.map { .text($0) } ?? .absent }
}
