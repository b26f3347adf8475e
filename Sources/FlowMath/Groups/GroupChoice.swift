// SPDX-License-Identifier: GPL-3.0-or-later

/// How links are shared: as it costs least, or, for tests, in one way alone.
public enum SharingWay: BitwiseCopyable, Sendable {
  case asMeasured, classes, groups
}

/// Whether classes are dealt with one by one or in groups: by what both cost, counted.
///
/// Work is counted in nanoseconds or so of the machine that this was measured on, from what is
/// touched and never from a clock, so that a run depends on its past alone. What one way costs more
/// than the other is saved up; when that is some times the price of a change, it is made: so no
/// more is ever lost than some times what knowing better would have saved. Each way back raises the
/// price of the next change.
struct GroupChoice: BitwiseCopyable {
  /// A class that is touched, an entry of a path that the solver visits or that is put in a pair, and
  /// an event in groups at least.
  static let (touch, visit, place, event) = (40, 6, 150, 3000)
  private static let mostLost = 2
  /// What is ahead is told from so many events, and once that part of the price has been lost: more
  /// than a dense solve costs, which tells nothing of those to come.
  private static let glimpse = 16
  private static let few = 256
  private static let longestPatience = 256

  /// Set by tests that compare one way with the other.
  var forced = SharingWay.asMeasured

  private var excess = 0
  /// The changes of flows and the events that this was saved up over.
  private var saved = 0
  private var events = 0
  private var patience = 1
  /// The work of events of classes, and the classes that were active: how one grows with the other.
  private var work = 0
  private var active = 0

  /// Takes in an event of classes.
  ///
  /// - Returns: whether groups would pay.
  mutating func groupsPay(work: Int, changes: Int, active: Int, places: Int) -> Bool {
    switch forced {
    case .groups: return true
    case .classes: return false
    case .asMeasured: break
    }
    excess += work - GroupChoice.event * max(1, changes)
    saved += max(1, changes)
    events += 1
    if excess <= 0 { (excess, saved, events) = (0, 0, 0) }
    self.work += work
    self.active += active
    guard active > GroupChoice.few, isWorth(price(places), active: active) else { return false }
    (excess, saved, events) = (0, 0, 0)
    return true
  }

  /// Whether what groups would save is worth a price: it has been already, or it will be.
  ///
  /// Each active class has a flow that will come to its end, and what that costs falls with the
  /// number of those that are left: half of what it costs now, on average.
  private func isWorth(_ price: Int, active: Int) -> Bool {
    if excess > price { return true }
    let ahead = Double(excess) / Double(max(1, saved)) * Double(active) / 2
    return events >= GroupChoice.glimpse * patience && excess > price / GroupChoice.glimpse
      && ahead > Double(price)
  }

  /// Takes in an event of groups.
  ///
  /// - Returns: whether classes would pay.
  mutating func classesPay(work: Int, changes: Int, active: Int, places: Int) -> Bool {
    if forced != .asMeasured { return forced == .classes }
    let saved = Int(Double(active) * Double(self.work) / Double(max(1, self.active)))
    excess = max(0, excess + work - max(saved, GroupChoice.event * max(1, changes)))
    guard excess > price(places) else { return false }
    goBack()
    return true
  }

  /// Notes that groups were left.
  mutating func goBack() {
    excess = 0
    (self.work, active) = (0, 0)
    patience = min(2 * patience, GroupChoice.longestPatience)
  }

  private func price(_ places: Int) -> Int {
    GroupChoice.mostLost * patience * (GroupChoice.place * places + 10_000)
  }
}
