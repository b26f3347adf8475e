// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel

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
    let isWritten = tables.links != nil
    for index in meter.sampled {
      let interval = meter.sample(index, carried: carriedBits(of: index), at: now)
      let quality = loss.isOn && isWritten ? ask.quality(index) : nil
      try tables.links?.append(
        interval, link: model.topology.links[index].name, quality)
    }
    meter.endSample(at: now)
  }

  /// What a link has carried so far, of flows and of demands; both must have been measured.
  func carriedBits(of link: Int) -> Double {
    fluid.carriedBits(of: link) + (loss.isOn ? loss.demandBits[link] : 0)
      + meter.assumedBits(of: link, at: now)
  }
}
