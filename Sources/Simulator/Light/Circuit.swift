// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Light on the same channel of every fibre of a route, or of every stretch of it.
struct Lightpath: BitwiseCopyable, Sendable {
  enum Role: UInt8, Sendable {
    case working
    case standby
    /// The other way round a ring, on a channel kept for protection.
    case ring
    case restored

    var name: String {
      switch self {
      case .working: "working"
      case .standby: "standby"
      case .ring: "ring"
      case .restored: "restored"
      }
    }
  }

  var path: Int32
  /// The lowest slot, and how many there are, guard slots among them.
  var first: Int32
  var count: Int32
  /// Where its stretches stand, if it changes channel on the way; -1 if it does not.
  var stretches: Int32 = -1
  /// The position of its transceiver mode; -1 where the length alone rates a route.
  var mode: Int32
  var lineRate: Double
  var role: Role
  var litAt: SimTime
  /// Counted from 1 in order of lighting, for its name.
  var number: Int32
}

/// A part of a lightpath between two places where its light is made anew.
struct Stretch: Equatable, Sendable {
  var rows: [Int32]
  var first: Int32
  var count: Int32
}

/// What a lightpath of a given rate gives its client between two sites, with its protection.
struct Circuit: BitwiseCopyable, Sendable {
  enum State: UInt8, Sendable {
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

  var source: Int32
  var target: Int32
  /// The lit link that it belongs to; -1 for one that only requests ride on.
  var link: Int32
  var protection: Protection
  /// -1 without ring protection.
  var ring: Int32
  var state: State
  var working: Int32
  /// The lightpath that stands by or that took over; -1 for none.
  var other: Int32 = -1
  /// Whether the other lightpath carries it.
  var isOnOther = false
  /// What it gives on its working lightpath, and what it gives now.
  var nominalRate: Double
  var lineRate: Double
  /// What its clients take of it, and how many they are.
  var used = 0.0
  var clients: Int32 = 0
  /// Transponders of it that are out of order.
  var faults: Int32 = 0
  var readyAt: SimTime
  var downSince = SimTime.distantFuture
  var downTime = SimDuration.zero
  var outages: Int32 = 0
  var longestOutage = SimDuration.zero
  /// Whether further clients may ride on it.
  var isOpen = false
  /// Whether it was lit for clients, and goes dark without any.
  var isForClients = false
  /// The instant of what is planned for it in its state.
  var dueAt = SimTime.distantFuture
  /// The instants at which a transponder of it fails and is repaired, where that comes at random.
  var failsAt = SimTime.distantFuture
  var mendsAt = SimTime.distantFuture

  var carries: Bool { state == .up }

  /// What further clients may ask for: on a slower route no more than that has.
  var room: Double { min(nominalRate, lineRate) - used }

  /// Books the time since it went down, if it is.
  mutating func endOutage(at now: SimTime) {
    guard downSince < now else {
      downSince = .distantFuture
      return
    }
    longestOutage = max(longestOutage, now - downSince)
    downTime = downTime + (now - downSince)
    downSince = .distantFuture
  }

  /// How long it has been out of order up to an instant.
  func downTime(at now: SimTime) -> SimDuration {
    downSince < now ? downTime + (now - downSince) : downTime
  }
}

extension Protection: BitwiseCopyable {}
