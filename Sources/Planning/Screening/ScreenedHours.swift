// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import Simulator

/// The hours of a day at which a scenario is looked at without being simulated.
///
/// They are the first hours of the run, 24 at most; a shorter run than an hour is one look.
package struct ScreenedHours: Equatable, Sendable {
  /// Where each hour is looked at: in its middle.
  package let instants: [SimTime]
  /// How long each is, in seconds.
  package let seconds: [Double]
  /// What each is called: the hour of the day that begins it.
  package let numbers: [Int]

  private static let hour: Int64 = 3_600_000_000_000

  package init(of model: Model) {
    let end = min(model.duration?.nanoseconds ?? 24 * Self.hour, 24 * Self.hour)
    let count = max(1, Int((end + Self.hour - 1) / Self.hour))
    let spans = (0..<count).map { index in
      (Int64(index) * Self.hour, max(1, min(end, Int64(index + 1) * Self.hour)))
    }
    instants = spans.map { SimTime(nanoseconds: ($0.0 + $0.1) / 2) }
    seconds = spans.map { Double($0.1 - $0.0) / 1e9 }
    numbers = Array(0..<count)
  }

  private init(_ hours: ScreenedHours, only kept: [Int]) {
    instants = kept.map { hours.instants[$0] }
    seconds = kept.map { hours.seconds[$0] }
    numbers = kept.map { hours.numbers[$0] }
  }

  package var count: Int { instants.count }

  /// Some of the hours, by their positions.
  package func only(_ kept: [Int]) -> ScreenedHours { ScreenedHours(self, only: kept) }
}
