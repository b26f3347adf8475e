// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel

/// How many channels links made of light and fibres have and had, and how long fibres were full.
struct ChannelBook {
  struct Count {
    var start: Int
    var most: Int
    var now: Int
    /// The time with more than nine tenths of all taken.
    var busy = SimDuration.zero

    init(_ start: Int) {
      (self.start, most, now) = (start, start, start)
    }

    mutating func set(_ count: Int) {
      now = count
      most = max(most, count)
    }
  }

  private(set) var links: [Count]
  private(set) var fibres: [Count]
  private let all: Int
  private var since = SimTime.zero

  init(_ model: Model) {
    links = model.light.links.indices.map { Count(model.lit.circuitCount(ofLink: $0)) }
    fibres = model.light.plant.fibres.indices.map {
      Count(model.lit.slotsUsed(on: FibreID(index: $0)))
    }
    all = model.light.grid.count
  }

  /// Counts the time up to now as it was, and then anew.
  mutating func look(at light: LightNetwork, _ now: SimTime) {
    for index in fibres.indices {
      if Double(fibres[index].now) > LinkMeter.busy * Double(all) {
        fibres[index].busy = fibres[index].busy + (now - since)
      }
      fibres[index].set(light.slotsUsed(on: FibreID(index: index)))
    }
    for index in links.indices { links[index].set(light.circuitCount(ofLink: index)) }
    since = now
  }
}

/// What a link did in the busier of its directions.
struct WayUse {
  var most: Double
  var end: Double
  /// The most that it carried between two samples; not a number without samples.
  var rate: Double
  /// In seconds, not a number without samples.
  var busy: Double

  init(_ links: [Int], _ meter: LinkMeter) {
    let capacities = links.map { meter.capacity(of: $0) }
    most = capacities.map(\.most).max() ?? .nan
    end = capacities.map(\.now).max() ?? .nan
    rate = links.map { meter.mostRate(of: $0) }.filter { !$0.isNaN }.max() ?? .nan
    busy = links.map { meter.busySeconds(of: $0) }.filter { !$0.isNaN }.max() ?? .nan
  }
}

extension Lighting {
  /// Looks at the channels, where anybody wants to know.
  func countChannels() {
    guard channels != nil else { return }
    let (light, now) = (light, now)
    channels?.look(at: light, now)
  }

  /// The mean rate of the channels that a link has now; not a number without any.
  private func channelRate(ofLink link: Int) -> Double {
    reading { $0.nominalCapacity(ofLink: link).value / Double($0.circuitCount(ofLink: link)) }
  }

  /// A row for each link of the network and for each fibre.
  func writeCapacity() throws(RunError) {
    countChannels()
    guard let table = tables.capacity, let channels else { return }
    let starts = model.capacitiesAtStart
    let kinds = model.kindsOfNetwork
    for (index, link) in model.topology.links.enumerated() where kinds.contains(link.kind) {
      if let reverse = link.reverse, Int(reverse.index) < index { continue }
      let ways = [index] + (link.reverse.map { [Int($0.index)] } ?? [])
      let lit = world.loss.litLinks[index]
      try table.append(
        link: link.name, lit.map { channels.links[$0] }, start: starts[index],
        WayUse(ways, world.meter), channelRate: lit.map { channelRate(ofLink: $0) } ?? .nan)
    }
    for (index, fibre) in model.light.plant.fibres.enumerated() {
      try table.append(fibre: fibre.name, channels.fibres[index])
    }
  }
}
