// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// What is counted of flows: of all together, and of each class where there are several.
struct Ledger {
  private(set) var overall = FlowStatistics()
  /// One entry a traffic class, whose sums stand in `overall` alone where there is one class.
  private(set) var byClass: [FlowStatistics]
  /// Flows that broke off.
  private(set) var broken = 0
  /// Flow-seconds spent in the system so far, and the instant up to which they count.
  private(set) var presence = 0.0
  private var presenceSince = SimTime.zero

  /// Flows that arrive before are left out of distributions and deadlines.
  private let countsFrom: SimTime

  init(classes: Int, countsFrom: SimTime) {
    byClass = Array(repeating: FlowStatistics(), count: classes)
    self.countsFrom = countsFrom
  }

  /// The number of flows between arrival and finish.
  var present: Int { overall.started - overall.finished - broken }

  var hasSeveralClasses: Bool { byClass.count > 1 }

  /// Counts the flows in the system up to now, before their number changes.
  mutating func countPresence(at now: SimTime) {
    presence += Double(present) * (now - presenceSince).seconds
    presenceSince = now
  }

  /// Begins to count anew: what was before is not to be seen in means over time.
  mutating func startCounting(at now: SimTime) {
    countPresence(at: now)
    presence = 0
  }

  mutating func start(bytes: Double, of trafficClass: Int, at now: SimTime) {
    countPresence(at: now)
    count(trafficClass) { $0.start(bytes: bytes) }
  }

  /// Counts the end of a flow, which may have come earlier in the nanosecond that ends now.
  mutating func finish(_ flow: FlowRecord, _ end: Finish, of trafficClass: Int, at now: SimTime) {
    countPresence(at: now)
    presence -= (now - end.instant).seconds
    let isCounted = counts(flow)
    count(trafficClass) { $0.finish(flow, end, isCounted: isCounted) }
  }

  mutating func breakOff(_ flow: FlowRecord, of trafficClass: Int, at now: SimTime) {
    countPresence(at: now)
    broken += 1
    countDeadline(of: flow, trafficClass) { $0.countBroken(flow.deadline) }
  }

  mutating func leaveOver(_ flow: FlowRecord, of trafficClass: Int, at now: SimTime) {
    countDeadline(of: flow, trafficClass) { $0.count(flow.deadline, unfinishedAt: now) }
  }

  /// Counts what became of the deadline of a flow, where that came behind the warm-up.
  private mutating func countDeadline(
    of flow: FlowRecord, _ trafficClass: Int, _ change: (inout DeadlineStatistics) -> Void
  ) {
    let isCounted = counts(flow)
    count(trafficClass) {
      if isCounted { change(&$0.deadlines) } else { $0.deadlines.leaveOut(flow.deadline) }
    }
  }

  /// Whether a flow came behind the time that statistics leave out.
  func counts(_ flow: FlowRecord) -> Bool { flow.arrival >= countsFrom }

  @inline(__always)
  private mutating func count(_ trafficClass: Int, _ change: (inout FlowStatistics) -> Void) {
    change(&overall)
    if hasSeveralClasses { change(&byClass[trafficClass]) }
  }

  /// The end of a flow that has arrived as a whole.
  struct Finish {
    var instant: SimTime
    var seconds: Double
    var slowdown: Double
  }
}
