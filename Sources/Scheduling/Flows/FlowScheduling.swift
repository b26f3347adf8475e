// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import Traffic

/// How elastic flows stand to each other while they send, and when they begin to.
///
/// Floors come first under every policy, and no policy exceeds a ceiling: it has a say in what is
/// left. One that does not order flows leaves that to max-min sharing by the weights it gives.
/// One that does ranks them; when one comes or goes or a link changes, from the lowest rank on each
/// takes all that its ceiling and its links allow.
///
/// What it says depends on the question and the instant alone, so that a run can be repeated.
package protocol FlowScheduling: Sendable {
  /// The share of a flow of a tier beside its neighbours.
  func weight(of tier: ElasticTier) -> Double
  /// When a flow that has just been let in begins to send: now or later.
  ///
  /// Where floors are promised, waiting until `flow.latestStart` misses no deadline.
  func start(of flow: SchedulingQuestion, at now: SimTime) -> SimTime
  /// Whether flows take turns by rank.
  var ordersFlows: Bool { get }
  /// The place of a flow among others: lower ones come first, equal ones by arrival. Nobody asks for it
  /// where that is what a flow has left.
  func rank(of flow: SchedulingQuestion) -> Double
  /// Whether the rank of a flow is what it has left; else it stays what it was when it began to send.
  var ranksByBitsLeft: Bool { get }
}

extension FlowScheduling {
  package func weight(of tier: ElasticTier) -> Double { 1 }
  package func start(of flow: SchedulingQuestion, at now: SimTime) -> SimTime { now }
  package var ordersFlows: Bool { false }
  package func rank(of flow: SchedulingQuestion) -> Double { 0 }
  package var ranksByBitsLeft: Bool { false }
}

/// What a policy may know of a flow.
package struct SchedulingQuestion {
  package var bitsLeft: Double
  package var deadline: SimTime?
  /// What a flow alone on its path would need from now on, delay of its path included.
  package var idealTime: SimDuration
  /// The last instant at which it can begin and still meet its deadline with its floor alone.
  ///
  /// Nil without a deadline; now or earlier where its floor is not enough.
  package var latestStart: SimTime?

  package init(
    bitsLeft: Double, deadline: SimTime?, idealTime: SimDuration, latestStart: SimTime?
  ) {
    self.bitsLeft = bitsLeft
    self.deadline = deadline
    self.idealTime = idealTime
    self.latestStart = latestStart
  }
}
