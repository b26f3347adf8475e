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

extension Run {
  private func levelLoads(of link: Int) -> [LevelLoad] {
    let capacity = loss.links[link].capacity
    let places = loss.levels.places(of: link)
    let all = places.reduce(0) { $0 + loss.open.carried(at: $1) }
    var higher = 0.0
    return places.map { place in
      let own = loss.open.carried(at: place)
      let left = max(Run.leastPart * capacity, capacity - higher - (all - own))
      higher += loss.elastic[place]
      return LevelLoad(
        place: place,
        flows: max(0, loss.elastic[place] - loss.beside[place] - loss.reserved[place]),
        isFull: all + higher >= Run.full * capacity, left: left)
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
    return (port.buffer.bits + port.packet.bits) / (Run.leastPart * loss.links[link].capacity)
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

// MARK: - A link as a whole

extension Run {
  /// What a link does to packets: the mean over those that arrive, where it treats them unlike.
  ///
  /// The mean delay is over those that are not lost; the 99th percentile of all is at most the
  /// greatest of a level.
  func lossOfLink(_ link: Int) -> LinkLoss {
    let parts = partsOfLoss(link)
    guard parts.count > 1 else { return parts.first?.loss ?? loss.links[link] }
    return LinkLoss(parts)
  }

  /// What arrives at a link in parts that it treats alike, in bit/s, with what it does to each.
  private func partsOfLoss(_ link: Int) -> [(rate: Double, loss: LinkLoss)] {
    var parts: [(rate: Double, loss: LinkLoss)] = []
    for place in loss.levels.places(of: link) {
      let beside = loss.open.besideArriving(at: place)
      let flows = max(0, loss.elastic[place] - loss.beside[place])
      let rate = loss.open.arriving(at: place) + flows
      if rate > 0 { parts.append((rate, loss.links[place])) }
      guard beside > 0 else { continue }
      var quality = loss.links[place]
      let port = loss.open.besideLoss(at: place)
      quality.overload = quality.isDown ? 0 : port.overload
      quality.queue = port.queue
      parts.append((beside, quality))
    }
    // An empty port is as its highest level finds it.
    if parts.isEmpty { parts = [(1, loss.links[loss.levels.places(of: link).lowerBound])] }
    return parts
  }
}

extension LinkLoss {
  /// The mean over parts of what arrives: cause by cause of what the one before leaves, so that the
  /// product of the causes is the mean as well.
  fileprivate init(_ parts: [(rate: Double, loss: LinkLoss)]) {
    self = parts[0].loss
    var left = parts.map(\.rate)
    for cause in [\LinkLoss.overload, \LinkLoss.queue, \LinkLoss.congestion] {
      let before = left.reduce(0, +)
      var lost = 0.0
      for (index, part) in parts.enumerated() {
        let taken = left[index] * part.loss[keyPath: cause]
        lost += taken
        left[index] -= taken
      }
      self[keyPath: cause] = before > 0 ? min(1, lost / before) : 0
    }
    delayP99_s = parts.map(\.loss.delayP99_s).max() ?? delayP99_s
    let kept = left.reduce(0, +)
    guard kept > 0 else { return }
    delay_s = zip(left, parts).reduce(0) { $0 + $1.0 * $1.1.loss.delay_s } / kept
  }
}
