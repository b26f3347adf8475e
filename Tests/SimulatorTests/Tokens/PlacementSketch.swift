// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Scheduling
import Traffic

/// A question of where tokens are served, as a test puts it, with a slow way to answer it.
struct PlacementSketch {
  /// By source and service: one that takes in and one that gives out as much.
  var asked: [[Double]]
  var speeds: [TokenSpeed?]
  /// In milliseconds; nil where no route leads.
  var delays: [[Int64?]]

  private static let services = [(2.0, 2.0), (1.0, 5.0)].map {
    TokenService(name: "s\($0.1)", share: 1, inputTokens: $0.0, outputTokens: $0.1)
  }

  init(asked: [[Double]], speeds: [TokenSpeed?], delays: [[Int64?]]) {
    self.asked = asked
    self.speeds = speeds
    self.delays = delays
  }

  /// A random one; some sites have no limit, and some can't be reached from everywhere.
  init(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "placement")
    let sites = Int.random(in: 1...5, using: &random)
    asked = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      (0..<2).map { _ in Double(Int.random(in: 0...100, using: &random)) }
    }
    speeds = (0..<sites).map { _ in
      Int.random(in: 0..<6, using: &random) == 0
        ? nil
        : TokenSpeed(
          input: Double.random(in: 20...300, using: &random),
          output: Double.random(in: 20...300, using: &random))
    }
    delays = asked.map { _ in
      (0..<sites).map { _ in
        Int.random(in: 0..<5, using: &random) == 0 ? nil : Int64.random(in: 1...9, using: &random)
      }
    }
  }

  mutating func connectAll() {
    delays = delays.map { $0.map { $0 ?? 10 } }
  }

  var question: TokenQuestion {
    TokenQuestion(
      instant: .zero, step: 0, services: Self.services,
      sites: speeds.indices.map { TokenSite(node: "site\($0)", speed: speeds[$0]) }, asked: asked,
      delays: delays.map { $0.map { $0.map { SimDuration(nanoseconds: $0 * 1_000_000) } } })
  }

  /// The part of its time that a site takes for some of what is asked for.
  func need(of asked: [[Double]], _ speed: TokenSpeed?) -> Double {
    guard let speed else { return 0 }
    return asked.reduce(0) { sum, rates in
      zip(rates, Self.services).reduce(sum) { sum, part in
        let (rate, service) = part
        let requests = rate / (service.inputTokens + service.outputTokens)
        return sum + requests
          * (service.inputTokens / speed.input + service.outputTokens / speed.output)
      }
    }
  }

  /// The part of each source's requests that each site takes, where each source makes so many, of
  /// equal size, and all ask at once, the nearest site first; who is refused asks the next.
  func placedOneByOne(requests: Int) -> [[Double]] {
    let sites = speeds.indices
    let lists = delays.map { delays in
      sites.filter { delays[$0] != nil }.sorted { (delays[$0] ?? 0, $0) < (delays[$1] ?? 0, $1) }
    }
    let needs = asked.map { asked in speeds.map { need(of: [asked], $0) / Double(requests) } }
    var taken = asked.map { _ in sites.map { _ in 0 } }
    var free = sites.map { _ in 1.0 }
    var waiting = asked.map { $0.reduce(0, +) > 0 ? requests : 0 }
    for round in sites {
      var queue: [(turn: Double, source: Int)] = []
      for source in asked.indices where round < lists[source].count {
        queue += (0..<waiting[source]).map {
          ((Double($0) + 0.5) / Double(waiting[source]), source)
        }
      }
      for (_, source) in queue.sorted(by: { ($0.turn, $0.source) < ($1.turn, $1.source) }) {
        let site = lists[source][round]
        let need = needs[source][site]
        guard need <= free[site] else { continue }
        free[site] -= need
        taken[source][site] += 1
        waiting[source] -= 1
      }
    }
    return taken.map { $0.map { Double($0) / Double(requests) } }
  }
}
