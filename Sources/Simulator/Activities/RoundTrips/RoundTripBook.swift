// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Statistics
internal import Traces
internal import Traffic

typealias RoundTripID = Position<RoundTripBook.Entry>

/// The requests and jobs in progress, and what is counted of traces.
///
/// Its memory is that of the round trips in progress, and of a job for as long as it runs.
struct RoundTripBook {
  /// A round trip that has been read and is not over.
  struct Entry: BitwiseCopyable {
    /// Of the flow that goes there.
    var name: FlowName
    var arrival: SimTime
    /// The flow class of what comes back; none where nothing does.
    var back: FlowClassID
    var bytesBack: Double
    /// From the arrival of what goes there to what comes back.
    var pause: SimDuration
    /// False for a job of which nobody knows when it ends.
    var ends: Bool
  }

  /// At work, by their position.
  var states: [RoundTripFeed] = []
  /// Traces of flows that are reshaped, by their position.
  var rows: [Reshaped<FlowRows>] = []
  /// What is counted of each source of traffic that is a trace.
  var books: [TraceBook?]
  private var entries = SlotStore<Entry>()
  /// Round trips that something was planned for.
  var planned = 0

  init(sources: Int) {
    books = Array(repeating: nil, count: sources)
  }

  mutating func begin(_ entry: Entry) -> RoundTripID { entries.add(entry) }

  subscript(index: RoundTripID) -> Entry { entries[index] }

  /// Lets go of a round trip that is over, or that a flow of it broke off from.
  mutating func drop(_ index: RoundTripID) { entries.remove(index) }
}

/// What is counted of a trace while it is read.
struct TraceBook {
  /// Nil where its counts do not stand in the summary.
  let name: String?
  let file: String
  /// Whether it counts tokens, jobs or flows.
  let content: TraceOutcome.Content
  /// The lines that were left out so far.
  let skipped: () -> SkippedLines
  /// What was read so far, of a run that is kept; nil where there is no file.
  let record: (() throws(TraceError) -> FileRecord?)?
  var account = RoundTripAccount()
  var finished = 0
  /// Seconds from the arrival of round trips to their end.
  var response = QuantileSketch()
}
