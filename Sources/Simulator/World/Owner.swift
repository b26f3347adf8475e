// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling

/// Whose a flow is: who hears when it ends, breaks off or moves.
///
/// What stands behind a position is known to its owner only.
enum Owner: BitwiseCopyable, Equatable {
  /// A source of flows; nobody waits for them.
  case traffic
  /// What goes there of a round trip, and what comes back.
  case roundTrip(RoundTripID)
  case answer(RoundTripID)
  case elastic(ElasticID)
  case transfer(TransferID)
  /// A part of a training job's exchange on a fabric.
  case exchange(ExchangePartID)
  /// What a training job sends from one site to another.
  case hop(HopID)
  /// The input or output of a job on a pool.
  case job(JobID)
  /// A rate that does not slow down.
  case demand(DemandID)

  /// Whether its flows are those that the run counts, writes rows of, and sends around failures.
  ///
  /// The flows of jobs and demands are parts of something else, which looks after them itself.
  var isCounted: Bool {
    switch self {
    case .traffic, .roundTrip, .answer, .elastic, .transfer, .job: true
    case .exchange, .hop, .demand: false
    }
  }

  var isDemand: Bool {
    if case .demand = self { true } else { false }
  }
}

/// The end of a flow, as its owner hears of it.
struct FlowEnd: BitwiseCopyable {
  var owner: Owner
  /// The flow class that it was on in the end.
  var flowClass: FlowClassID
  /// The instant of its last byte; nil for one that broke off.
  var finish: SimTime?
  /// Nil where flows have none.
  var name: FlowName?
}
