// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel
package import Traffic

/// Why no window was found.
package enum Refusal: Equatable, Sendable {
  /// No route leads there without a link that is down.
  case noRoute
  /// Less than the first byte's way is left until the deadline.
  case late
  /// It would have to be faster than its own limit.
  case slow
  /// What may be booked of this link is not enough even when nothing is.
  case narrow(LinkID)
  /// This link has least left until the deadline, and is fullest from this instant on.
  case full(LinkID, SimTime)

  /// The word for it in results.
  package var word: String {
    switch self {
    case .noRoute: "no-route"
    case .late: "late"
    case .slow: "slow"
    case .narrow: "narrow"
    case .full: "full"
    }
  }

  package var link: LinkID? {
    switch self {
    case .noRoute, .late, .slow: nil
    case .narrow(let link), .full(let link, _): link
    }
  }

  package var instant: SimTime? {
    if case .full(_, let instant) = self { instant } else { nil }
  }
}

extension BandwidthCalendar {
  /// Why a need finds no window on a path between two instants, for the choice it was after.
  package func refusal(
    of need: BandwidthNeed, _ choice: WindowChoice, on path: [LinkID], from start: SimTime,
    to end: SimTime
  ) -> Refusal {
    guard start < end, let least = need.leastRate(within: end.nanoseconds - start.nanoseconds)
    else { return .late }
    if least > need.mostRate { return .slow }
    let rate = choice == .fullRate ? need.mostRate : least
    for link in path where room(of: Int(link.index)) < rate { return .narrow(link) }
    var worst: (bits: Double, refusal: Refusal) = (.infinity, .late)
    for link in path {
      let volume = free(on: [link], from: start, to: end).volume
      if volume.bits < worst.bits { worst = (volume.bits, .full(link, volume.leastAt)) }
    }
    return worst.refusal
  }
}
