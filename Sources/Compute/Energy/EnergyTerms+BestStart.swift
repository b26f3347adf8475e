// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

extension EnergyTerms {
  /// What a start is chosen by.
  public enum Measure: String, Hashable, Sendable, CaseIterable {
    case cost
    case carbon
  }

  /// The instant between two at which machines that run for so long take least, and the earliest
  /// of several.
  ///
  /// What a run of a given length takes is piecewise linear in its start, with knots where it
  /// begins or ends at a change of rates; so one of those, or a bound, is best.
  /// - Complexity: Linear in the changes of rates between the bounds.
  public func bestStart(
    lasting length: SimDuration, from earliest: SimTime, to latest: SimTime,
    by measure: Measure = .cost
  ) -> SimTime {
    var best = earliest
    var least = amount(lasting: length, from: earliest, measure)
    func consider(_ start: SimTime) {
      guard earliest < start, start <= latest else { return }
      let amount = amount(lasting: length, from: start, measure)
      // Sums in another order differ in the last digits; those are no reason to wait.
      let isLess = amount < least - 1e-12 * least
      let isEarlier = amount <= least + 1e-12 * least && start < best
      if isLess || isEarlier { (best, least) = (start, min(amount, least)) }
    }
    consider(latest)
    forEachChange(from: earliest, to: latest) { consider($0) }
    forEachChange(from: earliest + length, to: latest + length) { consider(Self.back($0, length)) }
    return best
  }

  private static func back(_ time: SimTime, _ length: SimDuration) -> SimTime {
    SimTime(nanoseconds: time.nanoseconds - length.nanoseconds)
  }

  private func amount(
    lasting length: SimDuration, from start: SimTime, _ measure: Measure
  ) -> Double {
    let spend = spend(itWatts: 1000, from: start, to: start + length)
    switch measure {
    case .cost: return spend.yuan
    case .carbon: return spend.carbon_kg
    }
  }

  private func forEachChange(from: SimTime, to: SimTime, _ body: (SimTime) -> Void) {
    var time = from
    while time < to {
      time = segment(at: time).end
      if time <= to { body(time) }
    }
  }
}
