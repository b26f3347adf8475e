// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// When the failures of one thing end: each after its own time, or with the first repair behind it.
///
/// So what has failed several times is up again when the last of them has ended, and the end of one that a
/// repair has cut short ends no other.
struct FaultTimes {
  /// An instant, and of those of one instant the place in the file.
  private struct Moment: Comparable {
    let time: SimTime
    let place: Int

    static func < (left: Moment, right: Moment) -> Bool {
      (left.time, left.place) < (right.time, right.place)
    }
  }

  private var faults: [(begin: Moment, end: SimTime?)] = []
  private var repairs: [Moment] = []

  mutating func addFault(at begin: SimTime, for time: SimDuration?, place: Int) {
    faults.append((Moment(time: begin, place: place), time.map { begin + $0 }))
  }

  mutating func addRepair(at time: SimTime, place: Int) {
    repairs.append(Moment(time: time, place: place))
  }

  /// The ends of all faults that have one; a repair of what is in order does nothing.
  var ends: [SimTime] {
    withRepairs.compactMap { end, repair in [repair?.time, end].compactMap(\.self).min() }
  }

  /// The places of the repairs that find nothing to repair.
  var idleRepairs: [Int] {
    let busy = withRepairs.compactMap { end, repair in
      repair.flatMap { repair in end.map { $0 < repair.time } == true ? nil : repair.place }
    }
    return repairs.map(\.place).filter { !busy.contains($0) }
  }

  /// When each fault ends by itself, and the first repair behind it.
  private var withRepairs: [(end: SimTime?, repair: Moment?)] {
    let repairs = repairs.sorted()
    var next = 0
    return faults.sorted { $0.begin < $1.begin }.map { begin, end in
      while next < repairs.count, repairs[next] < begin { next += 1 }
      return (end, next < repairs.count ? repairs[next] : nil)
    }
  }
}
