// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// 3, continued: queues where packets of a higher level go first.
//
// Each level has a buffer of its own. Flows fill a link from the highest level down: one down to
// which all that is sent fits is not full, and its flows come at random; the flows of one that is
// full, or of those below it, are paced by what is left, and those that follow loss keep a queue
// there, as on other links. What a full level sends takes its part from those below, so that
// demands of a lower level that go ahead of flows of a higher one have bandwidth, and wait.

/// What comes of one level to a priority port, in bit/s.
private struct LevelLoad {
  var place: Int
  /// Demands, as far as they fit, and whether all of them do.
  var demands: Double
  var fits: Bool
  var flows: Double
  /// Whether flows fill the link, with those of higher levels.
  var isFull: Bool
  /// What others leave to the level.
  var left: Double
}

extension Run {
  /// Works out loss and mean delay of all levels.
  func assessLevels() {
    guard !loss.levels.ranked.isEmpty else { return }
    for (index, link) in loss.levels.ranked.enumerated() { offerLevels(of: link, at: index) }
    loss.rankedQueues.evaluate(loss.queueLaw)
    for (index, link) in loss.levels.ranked.enumerated() where !loss.links[link].isDown {
      for (level, load) in levelLoads(of: link).enumerated() {
        takeDown(load, level, of: link, at: index)
      }
    }
  }

  private func levelLoads(of link: Int) -> [LevelLoad] {
    let capacity = links.effectiveCapacity(of: link)
    let places = loss.levels.places(of: link)
    func demands(_ place: Int) -> Double {
      loss.demands.isEmpty ? 0 : loss.open.carried(byLink: place)
    }
    let all = places.reduce(0) { $0 + demands($1) }
    var higher = 0.0
    return places.map { place in
      let own = demands(place)
      let left = max(Run.leastPart * capacity, capacity - higher - (all - own))
      higher += loss.elastic[place]
      let fits =
        loss.demands.isEmpty || loss.open.arriving(atLink: place) < loss.open.room(ofLink: place)
      return LevelLoad(
        place: place, demands: own, fits: fits, flows: loss.elastic[place],
        isFull: all + higher >= Run.full * capacity, left: left)
    }
  }

  private func offerLevels(of link: Int, at index: Int) {
    let port = model.topology.links[link].port
    let capacity = links.effectiveCapacity(of: link)
    for (level, load) in levelLoads(of: link).enumerated() {
      let flows = load.isFull ? 0 : load.flows
      let offered = load.demands + flows
      let variability =
        offered > 0
        ? (loss.demandVariability[load.place] * load.demands + flows) / offered : 1
      loss.rankedQueues[index, level] = QueueLoad(
        offered_bit_s: offered, capacity_bit_s: capacity, packet_bits: port.packet.bits,
        places: port.packetsHeld, arrivalVariability: variability,
        serviceVariability: port.packetVariation * port.packetVariation)
      loss.rankedQueues.setFluid(load.isFull ? load.flows : 0, at: index, level)
    }
  }

  private func takeDown(_ load: LevelLoad, _ level: Int, of link: Int, at index: Int) {
    let capacity = links.effectiveCapacity(of: link)
    guard capacity > 0 else { return }
    let port = model.topology.links[link].port
    let answer = loss.rankedQueues.answer(to: index, level)
    let isCounted = load.fits && answer.loss > LightModel.leastResidualLoss
    loss.links[load.place].queue = isCounted ? answer.loss : 0
    loss.links[load.place].delay_s = min(answer.delay_s, longestDelay(of: link))
    guard load.isFull, loss.lossy[load.place] > 0 else { return }
    loss.links[load.place].delay_s = max(
      loss.links[load.place].delay_s, standingQueue(of: port).bits / load.left)
  }

  /// A full buffer, and a packet, at the least that a level is reckoned with.
  private func longestDelay(of link: Int) -> Double {
    let port = model.topology.links[link].port
    return (port.buffer.bits + port.packet.bits)
      / (Run.leastPart * links.effectiveCapacity(of: link))
  }

  /// Finds what 1 % of the packets of each level exceed.
  func assessLongDelaysOfLevels() {
    for (index, link) in loss.levels.ranked.enumerated() where !loss.links[link].isDown {
      guard links.effectiveCapacity(of: link) > 0 else { continue }
      for (level, load) in levelLoads(of: link).enumerated() {
        let isKept = load.isFull && loss.lossy[load.place] > 0
        let buffer = isKept ? model.topology.links[link].port.buffer.bits / load.left : 0
        let long = min(loss.rankedQueues.longDelay(of: index, level), longestDelay(of: link))
        loss.links[load.place].delayP99_s = max(long, buffer, loss.links[load.place].delay_s)
      }
    }
  }
}

// MARK: - A link as a whole

extension Run {
  /// What a link does to packets: the mean over those that arrive, where it treats them by level.
  ///
  /// The mean delay is over those that are not lost; the 99th percentile of all is at most the
  /// greatest of a level.
  func lossOfLink(_ link: Int) -> LinkLoss {
    guard loss.levels.isRanked(link) else { return loss.links[link] }
    let places = loss.levels.places(of: link)
    var left = places.map { place in
      loss.elastic[place] + (loss.demands.isEmpty ? 0 : loss.open.arriving(atLink: place))
    }
    // An empty port is as its highest level finds it.
    if left.allSatisfy({ $0 == 0 }) { left[0] = 1 }
    var all = loss.links[places.lowerBound]
    all.delayP99_s = zip(places, left).reduce(0) {
      $1.1 > 0 ? max($0, loss.links[$1.0].delayP99_s) : $0
    }
    // Cause by cause of what the one before leaves, so that the product is the mean as well.
    func lose(_ cause: WritableKeyPath<LinkLoss, Double>) {
      let before = left.reduce(0, +)
      var lost = 0.0
      for (level, place) in places.enumerated() {
        let part = left[level] * loss.links[place][keyPath: cause]
        lost += part
        left[level] -= part
      }
      all[keyPath: cause] = before > 0 ? min(1, lost / before) : 0
    }
    lose(\.overload)
    lose(\.queue)
    lose(\.congestion)
    let kept = left.reduce(0, +)
    guard kept > 0 else { return all }
    all.delay_s = zip(places, left).reduce(0) { $0 + $1.1 * loss.links[$1.0].delay_s } / kept
    return all
  }
}
