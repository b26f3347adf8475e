// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import YAMLReader

extension Checker {
  /// How the jobs of an entry book ahead; they need a pool where a start can be booked.
  mutating func booking(
    _ reserve: JobBookingSection?, to pool: Int?, on pools: [PoolDesign], _ isComplete: Bool
  ) -> BookingTerms? {
    guard let reserve else { return nil }
    if let rate = reserve.rate, rate.value.value.value < 1 {
      report("found less than a bit a second, expected 1 bps or more", at: rate)
    }
    let targets = pool.map { [pools[$0]] } ?? pools
    if isComplete, !targets.contains(where: \.takesBookings), !targets.isEmpty {
      let found = Set(targets.map(\.queueName)).sorted().joined(separator: ", ")
      report(
        "found reserve for pools whose queue is \(found), expected a pool whose queue is "
          + "conservative: only there a start can be promised", at: reserve.origin)
    }
    return BookingTerms(
      mostRate: reserve.rate?.value.value ?? .unlimited, ifRefused: reserve.ifRefused)
  }
}

extension PoolDesign {
  fileprivate var takesBookings: Bool {
    queue == .conservative && queueProgram == nil && countForJobs > 0
  }
}
