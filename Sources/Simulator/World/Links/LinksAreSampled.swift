// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

extension World {
  /// Notes what every link did since the last sample, and plans the next.
  func linksAreSampled() throws(RunError) {
    try sampleLinks()
    if let interval = sampleInterval, now + interval <= horizon, now + interval > now {
      queue.push(.world(.linksAreSampled), at: now + interval)
    }
  }

  func sampleLinks() throws(RunError) {
    guard !meter.sampled.isEmpty, now > meter.lastSample else { return }
    fluid.measureLinks(at: now.nanoseconds)
    try tell(.accountsAreRead)
    let rates = classRates()
    for index in meter.sampled {
      let interval = meter.sample(index, carried: carriedBits(of: index), at: now)
      try write(interval, of: index, rates)
    }
    meter.endSample(at: now)
  }

  private func write(
    _ interval: LinkInterval, of index: Int, _ rates: [[Double]]?
  ) throws(RunError) {
    guard let table = tables.links else { return }
    let link = model.topology.links[index]
    let kinds = model.outputs.linkRows.kinds
    guard kinds.isEmpty || kinds.contains(link.kind) else { return }
    try table.append(interval, link: link.name, loss.isOn ? ask.quality(index) : nil)
    guard let rates else { return }
    for (trafficClass, rates) in zip(model.classes, rates) where rates[index] > 0 {
      var part = interval
      part.rate = rates[index]
      try table.append(part, link: link.name, of: trafficClass.name)
    }
  }

  /// What a link has carried so far, of flows and of demands; both must have been measured.
  func carriedBits(of link: Int) -> Double {
    fluid.carriedBits(of: link) + (loss.isOn ? loss.demandBits(of: link) : 0)
      + meter.assumedBits(of: link, at: now)
  }
}
