// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel

extension Run {
  /// Notes what every link did since the last sample, and plans the next.
  func linksAreSampled() throws(RunError) {
    try sampleLinks()
    if let interval = sampleInterval, now + interval <= horizon, now + interval > now {
      queue.push(.linksAreSampled, at: now + interval)
    }
  }

  func sampleLinks() throws(RunError) {
    guard model.outputs.kinds.contains(.links), now > meter.lastSample else { return }
    fluid.measureLinks(at: now.nanoseconds)
    bookDemands()
    if loss.isOn { assessLongDelays() }
    for (index, link) in model.topology.links.enumerated() {
      let interval = meter.sample(index, carried: carriedBits(of: index), at: now)
      let quality = loss.isOn ? lossOfLink(index) : nil
      do {
        try tables.links?.append(interval, link: link.name, quality)
      } catch {
        throw .results(error)
      }
    }
    meter.endSample(at: now)
  }

  /// What a link has carried so far, of flows and of demands; both must have been measured.
  func carriedBits(of link: Int) -> Double {
    fluid.carriedBits(of: link) + (loss.isOn ? loss.demandBits[link] : 0)
      + meter.assumedBits(of: link, at: now)
  }
}
