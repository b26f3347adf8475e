// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// 2, continued: queues where packets of a higher level go first.
//
// Each level has a buffer of its own. Flows fill a link from the highest level down: one down to
// which all that is sent fits is not full, and its flows come at random; the flows of one that is
// full, or of those below it, are paced by what is left, and those that follow loss keep a queue
// there, as on other links. What a full level sends takes its part from those below, so that
// demands of a lower level that go ahead of flows of a higher one have bandwidth, and wait.

/// What of flows comes to one level of a priority port, in bit/s.
private struct LevelLoad {
  var place: Int
  var flows: Double
  /// Whether flows fill the link, with those of higher levels.
  var isFull: Bool
  /// What others leave to the level.
  var left: Double
}

extension Loss {
  private func levelLoads(of link: Int) -> [LevelLoad] {
    let capacity = book.links[link].capacity
    let places = book.levels.places(of: link)
    let all = places.reduce(0) { $0 + book.open.carried(at: $1) }
    var higher = 0.0
    return places.map { place in
      let own = book.open.carried(at: place)
      let left = max(Loss.leastPart * capacity, capacity - higher - (all - own))
      higher += book.elastic[place]
      return LevelLoad(
        place: place,
        flows: max(0, book.elastic[place] - book.beside[place] - book.reserved[place]),
        isFull: all + higher >= Loss.full * capacity, left: left)
    }
  }

  /// Sets what comes to the levels of a link beside demands.
  func offerLevels(of link: Int) {
    for load in levelLoads(of: link) {
      book.open.setLink(
        load.place, room: roomAtLook(link), flows: load.isFull ? 0 : load.flows,
        paced: load.isFull ? load.flows : 0, otherLoss: book.links[load.place].lossBehindPort)
    }
  }

  /// Takes down what the levels of a link lose, and how long they wait.
  func takeDownLevels(of link: Int) {
    for load in levelLoads(of: link) {
      let port = book.open.loss(at: load.place)
      book.links[load.place].overload = book.links[link].isDown ? 0 : port.overload
      guard !book.links[link].isDown, book.links[link].capacity > 0 else { continue }
      book.links[load.place].queue = port.queue
      book.links[load.place].delay_s = delay(waiting: book.open.wait(at: load.place), on: link)
      guard load.isFull, book.lossy[load.place] > 0 else { continue }
      let kept = standingQueue(of: model.topology.links[link].port).bits / load.left
      book.links[load.place].delay_s = max(book.links[load.place].delay_s, kept)
    }
  }

  /// A full buffer, and a packet, at the least that a level is reckoned with.
  func longestDelay(of link: Int) -> Double {
    let port = book.ports[link]
    return (port.buffer_bits + port.packet_bits) / (Loss.leastPart * book.links[link].capacity)
  }

  /// Finds what 1 % of the packets of a level exceed.
  func renewLongDelayOfLevel(at place: Int, of link: Int) {
    let level = place - book.levels.places(of: link).lowerBound
    let load = levelLoads(of: link)[level]
    let isKept = load.isFull && book.lossy[place] > 0
    let buffer = isKept ? book.ports[link].buffer_bits / load.left : 0
    let long = book.open.longDelay(at: place, by: book.queueLaw)
    book.links[place].delayP99_s = max(
      min(long, longestDelay(of: link)), buffer, book.links[place].delay_s)
  }
}
