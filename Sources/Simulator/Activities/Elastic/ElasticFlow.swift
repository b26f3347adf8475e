// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// What became of the wish of an elastic flow.
public enum AdmissionDecision: String, CaseIterable, Sendable {
  case accept
  case shrink
  /// In its own tier, but later than it came; or still in line.
  case postpone
  case refuse
}

typealias ElasticID = Position<ElasticFlow>

/// An elastic flow from its arrival until its row is written.
struct ElasticFlow {
  enum Stage: Equatable {
    /// Waits to be let in.
    case inLine
    /// Let in, and waits for its hour or its first byte, under this number of the flow table.
    case waiting(Position<WaitingFlow>)
    case sending
  }

  let entry: Int
  let number: Int
  var record: FlowRecord
  /// Its access line, and the route behind it.
  let links: [LinkID]
  /// The position of its route in the model's table.
  let route: Int
  /// The positions of tiers in its entry; -1 for one that is not let in.
  let asked: Int
  var given = -1
  var deadline: SimTime?
  var decision = AdmissionDecision.postpone
  /// The link that was full when it was not accepted as it was.
  var fullLink: LinkID?
  var stage = Stage.inLine
  /// When it began to send; its first byte arrives a delay later.
  var start: SimTime?
  /// The flow class it came in on.
  var home = FlowClassID.none
  /// The links on which its floor is booked.
  var booked: [LinkID] = []
  /// Its place among those that send.
  var place = -1
  /// The least and the highest rate that it had, once it is over.
  var leastRate = Double.infinity
  var mostRate = 0.0

  var wish: AdmissionLine.Wish { AdmissionLine.Wish(entry: entry, asked: asked, links: links) }
}

/// What the flows that asked for a tier, or were given it, came to.
struct TierStatistics {
  /// By the tier that they asked for.
  var decisions: [AdmissionDecision: Int] = [:]
  /// By the tier that they were given.
  var deadlinesMet = 0
  var deadlinesMissed = 0
  var floorsBroken = 0
  var finishedBytes = 0.0
}
