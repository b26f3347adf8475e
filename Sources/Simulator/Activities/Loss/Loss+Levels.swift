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
    let capacity = loss.links[link].capacity
    let places = loss.levels.places(of: link)
    let all = places.reduce(0) { $0 + loss.open.carried(at: $1) }
    var higher = 0.0
    return places.map { place in
      let own = loss.open.carried(at: place)
      let left = max(Loss.leastPart * capacity, capacity - higher - (all - own))
      higher += loss.elastic[place]
      return LevelLoad(
        place: place,
        flows: max(0, loss.elastic[place] - loss.beside[place] - loss.reserved[place]),
        isFull: all + higher >= Loss.full * capacity, left: left)
    }
  }

  /// Sets what comes to the levels of a link beside demands.
  func offerLevels(of link: Int) {
    for load in levelLoads(of: link) {
      loss.open.setLink(
        load.place, room: roomAtLook(link), flows: load.isFull ? 0 : load.flows,
        paced: load.isFull ? load.flows : 0, otherLoss: loss.links[load.place].lossBehindPort)
    }
  }

  /// Takes down what the levels of a link lose, and how long they wait.
  func takeDownLevels(of link: Int) {
    for load in levelLoads(of: link) {
      let port = loss.open.loss(at: load.place)
      loss.links[load.place].overload = loss.links[link].isDown ? 0 : port.overload
      guard !loss.links[link].isDown, loss.links[link].capacity > 0 else { continue }
      loss.links[load.place].queue = port.queue
      loss.links[load.place].delay_s = delay(waiting: loss.open.wait(at: load.place), on: link)
      guard load.isFull, loss.lossy[load.place] > 0 else { continue }
      let kept = standingQueue(of: model.topology.links[link].port).bits / load.left
      loss.links[load.place].delay_s = max(loss.links[load.place].delay_s, kept)
    }
  }

  /// A full buffer, and a packet, at the least that a level is reckoned with.
  func longestDelay(of link: Int) -> Double {
    let port = model.topology.links[link].port
    return (port.buffer.bits + port.packet.bits) / (Loss.leastPart * loss.links[link].capacity)
  }

  /// Finds what 1 % of the packets of a level exceed.
  func renewLongDelayOfLevel(at place: Int, of link: Int) {
    let level = place - loss.levels.places(of: link).lowerBound
    let load = levelLoads(of: link)[level]
    let isKept = load.isFull && loss.lossy[place] > 0
    let buffer = isKept ? model.topology.links[link].port.buffer.bits / load.left : 0
    let long = loss.open.longDelay(at: place, by: loss.queueLaw)
    loss.links[place].delayP99_s = max(
      min(long, longestDelay(of: link)), buffer, loss.links[place].delay_s)
  }
}
