// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

/// What one place does to the demands ahead of flows that pass it.
///
/// Nothing of it moves while demands are booked, and many of them cross the same link.
struct LinkPassage {
  /// The booking that it was found for.
  var booking = -1
  var port = PortLoss.none
  var isDown = false
  /// The same where the link is up, and neither the port nor what is behind it loses anything.
  var cleanBooking = -1
  /// The mean delay of the link with its queue, and by how much 1 % of packets exceed it.
  var delay_s = 0.0
  var more_s = 0.0
}

/// The delay of a path, as its links are added one by one.
struct PathDelay {
  private(set) var mean_s = 0.0
  private var more_s = 0.0

  /// The delay that 1 % of packets exceed: the mean, and what the worst link adds.
  var long_s: Double { mean_s + more_s }

  mutating func add(_ passage: LinkPassage) {
    mean_s += passage.delay_s
    more_s = max(more_s, passage.more_s)
  }
}

extension Loss {
  /// Finds what a place of a link does to the demands that are booked now, if nobody has.
  @inline(__always)
  func renewPassage(at place: Int, of link: LinkID) {
    guard book.passages[place].booking != book.bookings else { return }
    book.passages[place] = findPassage(at: place, of: Int(link.index))
  }

  private func findPassage(at place: Int, of link: Int) -> LinkPassage {
    renewLongDelay(at: place, of: link)
    let loss = book.links[place]
    let port = book.open.loss(at: place)
    let isLossy = port.overload > 0 || port.queue > 0 || loss.residual > 0 || loss.given > 0
    return LinkPassage(
      booking: book.bookings, port: port, isDown: loss.isDown,
      cleanBooking: isLossy || loss.isDown ? -1 : book.bookings,
      delay_s: world.flowClasses.delays[link].seconds + loss.delay_s,
      more_s: loss.delayP99_s - loss.delay_s)
  }
}

extension LossBook {
  /// What of a demand ahead of flows arrives at a link of its path, in bit/s: what the links before have
  /// lost does not.
  func rate(of demand: DemandState, arrivingAt link: LinkID) -> Double {
    var rate = demand.rate
    for other in demand.links {
      if other == link { break }
      let place = levels.place(of: other, for: demand.demand.trafficClass)
      rate *= links[place].isDown ? 0 : open.pass(at: place)
    }
    return rate
  }

  /// Books bits of a demand over a path that carries all of them, and gives its delay; nil where a link
  /// of it has not been looked at for this booking, is down or loses something: nothing is booked then.
  ///
  /// Nearly all paths are such, and all demands of a day go over millions of links.
  func carry(_ bits: Double, over links: [LinkID], for trafficClass: Int) -> PathDelay? {
    let passages = passages
    var delay = PathDelay()
    for link in links {
      let place = levels.place(of: link, for: trafficClass)
      guard passages[place].cleanBooking == bookings else { return nil }
      delay.add(passages[place])
    }
    let first = trafficClass * demandStride
    demandBits.withUnsafeMutableBufferPointer { carried in
      for link in links { carried[first + Int(link.index)] += bits }
    }
    return delay
  }
}
