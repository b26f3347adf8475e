// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

package typealias LightpathID = Position<Lightpath>
package typealias CircuitID = Position<Circuit>
/// A lit link, by its position in the model.
package typealias LitLinkID = Position<LitLink>
/// A route that light may take, by its position among those found so far.
package typealias CandidateID = Position<FibrePath>

/// Light on the same channel of every fibre of a route, or of every segment of it.
package struct Lightpath: BitwiseCopyable, Sendable {
  package enum Role: UInt8, BitwiseCopyable, Sendable {
    case working
    case standby
    /// The other way round a ring, on a channel kept for protection.
    case ring
    case restored

    package var name: String {
      switch self {
      case .working: "working"
      case .standby: "standby"
      case .ring: "ring"
      case .restored: "restored"
      }
    }
  }

  package var path: CandidateID
  /// The lowest slot, and how many there are, guard slots among them.
  package var first: Int32
  package var count: Int32
  /// Where its segments stand, if it changes channel on the way; -1 if it does not.
  package var segments: Int32 = -1
  /// The position of its transceiver mode; -1 where the length alone rates a route.
  package var mode: Int32
  package var lineRate: Double
  package var role: Role
  package var litAt: SimTime
  /// Counted from 1 in order of lighting, for its name.
  package var number: Int32
}

/// A part of a lightpath between two places where its light is made anew.
package struct Segment: Equatable, Sendable {
  package var rows: [Int32]
  package var first: Int32
  package var count: Int32
}

/// What a lightpath of a given rate gives its client between two sites, with its protection.
package struct Circuit: BitwiseCopyable, Sendable {
  package enum State: UInt8, BitwiseCopyable, Sendable {
    /// Its channels are taken, and its light is not there yet.
    case settingUp
    case up
    /// Cut, and on its way to another route.
    case switching
    /// Cut, and waiting for a repair.
    case down
    /// Its clients are gone, and its channels are being freed.
    case tearingDown
  }

  package var source: Int32
  package var target: Int32
  /// The lit link that it belongs to; none for one that only requests ride on.
  package var link: LitLinkID
  package var protection: Protection
  /// -1 without ring protection.
  package var ring: Int32
  package var state: State
  package var working: LightpathID
  /// The lightpath that stands by or that took over.
  package var other = LightpathID.none
  /// Whether the other lightpath carries it.
  package var isOnOther = false
  /// What it gives on its working lightpath, and what it gives now.
  package var nominalRate: Double
  package var lineRate: Double
  /// What its clients take of it, and how many they are.
  package var used = 0.0
  package var clients: Int32 = 0
  /// Transponders of it that are out of order.
  package var faults: Int32 = 0
  package var readyAt: SimTime
  package var downSince = SimTime.distantFuture
  package var downTime = SimDuration.zero
  package var outages: Int32 = 0
  package var longestOutage = SimDuration.zero
  /// Whether further clients may ride on it.
  package var isOpen = false
  /// Whether it was lit for clients, and goes dark without any.
  package var isForClients = false
  /// The instant of what is planned for it in its state.
  package var dueAt = SimTime.distantFuture
  /// The instants at which a transponder of it fails and is repaired, where that comes at random.
  package var failsAt = SimTime.distantFuture
  package var mendsAt = SimTime.distantFuture

  package var carries: Bool { if case .up = state { true } else { false } }

  /// Whether its channels are being freed.
  package var isLeaving: Bool { if case .tearingDown = state { true } else { false } }

  /// Whether it carries at an instant to come, as far as is planned.
  package func carries(by time: SimTime) -> Bool {
    switch state {
    case .up: true
    case .settingUp, .switching: dueAt <= time
    case .down, .tearingDown: false
    }
  }

  /// What further clients may ask for: on a slower route no more than that has.
  package var room: Double { min(nominalRate, lineRate) - used }

  /// Books the time since it went down, if it is.
  package mutating func endOutage(at now: SimTime) {
    guard downSince < now else {
      downSince = .distantFuture
      return
    }
    longestOutage = max(longestOutage, now - downSince)
    downTime = downTime + (now - downSince)
    downSince = .distantFuture
  }

  /// How long it has been out of order up to an instant.
  package func downTime(at now: SimTime) -> SimDuration {
    downSince < now ? downTime + (now - downSince) : downTime
  }
}

extension Protection: BitwiseCopyable {}
