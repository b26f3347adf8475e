// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

/// What each traffic class has carried of each link, for rows of links.csv by class.
struct LinkClassMeter {
  /// By class, then by link: bits at the last sample.
  private var atSample: [[Double]]

  init(classes: Int, links: Int) {
    atSample = Array(repeating: Array(repeating: 0, count: links), count: classes)
  }

  /// What each class has carried since the last sample, in bits; `bits` is what it had carried by now.
  mutating func sample(_ bits: [[Double]]) -> [[Double]] {
    defer { atSample = bits }
    return zip(bits, atSample).map { zip($0, $1).map { max(0, $0 - $1) } }
  }
}

extension World {
  /// By class, then by link: what it carried since the last sample, in bit/s; nil where nobody asks.
  func classRates() -> [[Double]]? {
    guard linkClasses != nil else { return nil }
    let seconds = (now - meter.lastSample).seconds
    let bits = carriedByClass()
    return linkClasses?.sample(bits).map { $0.map { $0 / seconds } }
  }

  /// By class, then by link: all bits so far, of flows, demands and what nobody simulates.
  private func carriedByClass() -> [[Double]] {
    var carried = loss.demandBitsByClass(
      classes: model.classes.count, links: model.topology.links.count)
    for index in flowClasses.entries.indices {
      let bits = fluid.sentBits(ofClass: index, at: now.nanoseconds)
      guard bits != 0 else { continue }
      let flowClass = FlowClassID(index)
      let trafficClass = flowClasses[flowClass].trafficClass
      for link in flowClasses.route(of: flowClass).links {
        carried[trafficClass][Int(link.index)] += bits
      }
    }
    if let job = model.training.jobs.first {
      for link in carried[job.trafficClass].indices {
        carried[job.trafficClass][link] += meter.assumedBits(of: link, at: now)
      }
    }
    return carried
  }
}
