// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// What links carry of iterations that nobody simulates: a rate that changes now and then.
struct AssumedTraffic {
  private struct Carried {
    var bits = 0.0
    var rate = 0.0
    var since = SimTime.zero
  }

  private var links: [Carried]

  /// None at all; `links` are as many as the run has where there can be some.
  init(links: Int = 0) {
    self.links = Array(repeating: Carried(), count: links)
  }

  mutating func add(rate: Double, to link: Int, at now: SimTime) {
    links[link].bits = bits(of: link, at: now)
    links[link].since = now
    links[link].rate += rate
  }

  /// What a link is taken to carry now, in bit/s.
  func rate(of link: Int) -> Double { links.isEmpty ? 0 : links[link].rate }

  /// The bits that a link has carried so far.
  func bits(of link: Int, at now: SimTime) -> Double {
    guard !links.isEmpty else { return 0 }
    return links[link].bits + links[link].rate * (now - links[link].since).seconds
  }
}
