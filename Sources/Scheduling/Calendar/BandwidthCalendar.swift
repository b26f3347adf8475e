// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

/// What links have promised, and what they have left to promise.
///
///     free(path, t) = least over its links l of  min(room(l), limit(l)) - booked(l, t)
///
/// It knows links by position, instants and whole bits per second, and nothing of flows.
package struct BandwidthCalendar: Sendable {
  private var booked: [BookedRates]
  /// What may be booked of each link at once; 0 for one that is down.
  package private(set) var rooms: [Int64]
  /// What others that hold a part of a link leave of it to what is booked from now on.
  private var limits: [Int64]

  /// The most that can be booked of any link, in bit/s.
  package static let mostRoom = Int64(1) << 62

  package init(links count: Int) {
    booked = Array(repeating: BookedRates(), count: count)
    rooms = Array(repeating: 0, count: count)
    limits = Array(repeating: BandwidthCalendar.mostRoom, count: count)
  }

  /// Says what may be booked of a link from now on; what is booked stays booked.
  package mutating func setRoom(of link: Int, to bit_s: Double) {
    rooms[link] = Int64(max(0, min(bit_s, 0x1p62)))
  }

  /// Says what may be booked beside others from now on; what is booked stays booked.
  package mutating func setLimit(of link: Int, to bit_s: Double) {
    limits[link] = Int64(max(0, min(bit_s, 0x1p62)))
  }

  /// What may be booked of a link where nothing is.
  func room(of link: Int) -> Int64 { min(rooms[link], limits[link]) }

  package func booked(on link: LinkID, at time: SimTime) -> Int64 {
    booked[Int(link.index)].rate(at: time)
  }

  /// The most that is booked on a link at once from an instant on.
  package func mostBooked(on link: LinkID, from time: SimTime) -> Int64 {
    booked[Int(link.index)].most(from: time)
  }

  /// The number of steps that are kept.
  package var stepCount: Int { booked.reduce(0) { $0 + $1.steps.count } }

  package mutating func book(_ window: BandwidthWindow, on path: [LinkID]) {
    for link in path {
      booked[Int(link.index)].add(window.rate, from: window.start, to: window.end)
    }
  }

  /// Gives back what is left of a window at an instant.
  package mutating func release(_ window: BandwidthWindow, on path: [LinkID], from now: SimTime) {
    for link in path {
      booked[Int(link.index)].add(
        -window.rate, from: max(now, window.start), to: window.end)
    }
  }

  /// What is free on all links of a path from an instant to a later one.
  package func free(on path: [LinkID], from start: SimTime, to end: SimTime) -> FreeRates {
    guard start < end else { return FreeRates(steps: [], end: end) }
    var times = [start]
    for link in path {
      let steps = booked[Int(link.index)].steps
      var place = booked[Int(link.index)].firstStep(after: start)
      while place < steps.count, steps[place].time < end {
        times.append(steps[place].time)
        place += 1
      }
    }
    times.sort()
    var free = times.map { BookedRates.Step(time: $0, rate: BandwidthCalendar.mostRoom) }
    for link in path { lower(&free, by: Int(link.index)) }
    return FreeRates(steps: free, end: end)
  }

  /// Lowers what is free at each time to what a link has free then.
  private func lower(_ free: inout [BookedRates.Step], by link: Int) {
    let steps = booked[link].steps
    guard let first = free.first else { return }
    var next = booked[link].firstStep(after: first.time)
    for place in free.indices {
      while next < steps.count, steps[next].time <= free[place].time { next += 1 }
      let taken = next > 0 ? steps[next - 1].rate : 0
      free[place].rate = min(free[place].rate, max(0, room(of: link) - taken))
    }
  }

  /// Forgets what was booked on a path before an instant.
  package mutating func forget(before now: SimTime, on path: [LinkID]) {
    for link in path { booked[Int(link.index)].forget(before: now) }
  }
}
