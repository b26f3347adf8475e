// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// 3. Queues: loss and delay of what arrives at random.
//
// A link that is not full has a queue of packets that come at random: those of demands, with the
// variation of their gaps, and those of flows, as a Poisson process. A link that flows fill has
// one that they keep: with tail drop half of the buffer on average, as they fill it and back off;
// with marking what packets are marked at. Flows that do not follow loss are paced to what a full
// link gives them, and keep none.

extension Run {
  /// A link counts as full from this part of its capacity on.
  static let full = 0.999

  func assessQueues() {
    for link in 0..<loss.levels.links where !loss.levels.isRanked(link) { offer(to: link) }
    loss.queues.evaluate(loss.queueLaw)
    for link in 0..<loss.levels.links where !loss.levels.isRanked(link) { takeDown(link) }
    assessLevels()
    if !loss.demands.isEmpty, loss.hasNewDemands { assessLongDelays() }
  }

  /// Finds what 1 % of packets exceed: it costs more than all else, and only reports ask for it.
  func assessLongDelays() {
    loss.hasNewDemands = false
    loss.queues.evaluateLongDelays(loss.queueLaw)
    assessLongDelaysOfLevels()
    for link in 0..<loss.levels.links
    where !loss.levels.isRanked(link) && !loss.links[link].isDown {
      let capacity = links.effectiveCapacity(of: link)
      guard capacity > 0 else { continue }
      let isKept = isFull(link) && loss.lossy[link] > 0
      let buffer = isKept ? model.topology.links[link].port.buffer.bits / capacity : 0
      loss.links[link].delayP99_s = max(loss.queues.longDelay(of: link), buffer)
    }
  }

  /// What demands bring to a link, as far as it can carry it at all.
  private func demands(on link: Int) -> Double {
    loss.demands.isEmpty
      ? 0 : min(loss.open.arriving(atLink: link), links.effectiveCapacity(of: link))
  }

  private func isFull(_ link: Int) -> Bool {
    demands(on: link) + loss.elastic[link] >= Run.full * links.effectiveCapacity(of: link)
  }

  private func offer(to link: Int) {
    let port = model.topology.links[link].port
    let demands = demands(on: link)
    let flows = isFull(link) ? 0 : loss.elastic[link]
    let variability =
      demands > 0 ? (loss.demandVariability[link] * demands + flows) / (demands + flows) : 1
    loss.queues[link] = QueueLoad(
      offered_bit_s: demands + flows, capacity_bit_s: links.effectiveCapacity(of: link),
      packet_bits: port.packet.bits, places: port.packetsHeld, arrivalVariability: variability,
      serviceVariability: port.packetVariation * port.packetVariation)
  }

  private func takeDown(_ link: Int) {
    let capacity = links.effectiveCapacity(of: link)
    guard !loss.links[link].isDown, capacity > 0 else { return }
    let port = model.topology.links[link].port
    let answer = loss.queues.answer(to: link)
    // What a link is offered beyond what it carries does not fit, and is counted as such.
    let isCounted =
      demands(on: link) < roomForDemands(link) && answer.loss > LightModel.leastResidualLoss
    loss.links[link].queue = isCounted ? answer.loss : 0
    loss.links[link].delay_s = answer.delay_s
    guard isFull(link), loss.lossy[link] > 0 else { return }
    let kept = standingQueue(of: port).bits / capacity
    loss.links[link].delay_s = max(answer.delay_s, kept)
  }

  /// What flows that follow loss keep in the buffer of a full link.
  func standingQueue(of port: Port) -> Bytes {
    switch port.signal {
    case .drop: Bytes(port.buffer.value / 2)
    case .mark: Bytes(port.buffer.value * port.markAt)
    }
  }
}
