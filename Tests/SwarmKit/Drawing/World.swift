// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// A scenario while it is drawn: what there is so far, so that what comes later can refer to it.
struct World {
  /// What the ends of flows answer with, and so what else may stand in the scenario.
  enum Mood { case ideal, lossy, lossless }

  struct Class {
    var name: String
    var priority: Int
    var isLossless = false
    var mayBreak = false
  }

  struct FabricFacts {
    var name: String
    var hosts: Int
    var perHost: Int
    var hasExit: Bool
    /// Of accelerators.
    var type: String
    /// Hosts that no job has yet, from this one on.
    var nextHost = 0
  }

  let seed: UInt64
  var draw: Draw
  var mood: Mood
  /// Whether the network is made of light.
  var isLit: Bool
  var isNational: Bool
  var hasElastic: Bool
  /// In seconds.
  var duration: Double
  /// The capacity of a usual link, in bit/s.
  var rate: Double
  var nodes: [String] = []
  /// Two-way links that can fail and change.
  var links: [String] = []
  /// Links that only a path names.
  var loose: [String] = []
  var litLinks: [String] = []
  var fibres: [String] = []
  var hasRing = false
  var fabrics: [FabricFacts] = []
  var classes = [Class(name: "default", priority: 0)]
  var network = Section()
  var light = Section()
  var root = Section()
  var traffic: [Node] = []
  var hasReservations = false
  /// Names of transfers in place, which jobs may wait for.
  var moves: [String] = []
  var pools: [String] = []
  /// Whether a pool has accelerators that jobs may name.
  var hasKnownType = false
  /// The tariff of each pool.
  var tariffs: [String] = []
  var files: [(name: String, text: String)] = []
  /// How many things have been named so far.
  var named = 0

  init(seed: UInt64) {
    self.seed = seed
    draw = Draw(seed: seed)
    mood = draw.pick([.ideal, .ideal, .lossy, .lossy, .lossless])
    isLit = draw.chance(0.4)
    isNational = draw.chance(0.02)
    hasElastic = draw.chance(0.3)
    duration = draw.pick([20, 20, 600, 10_800, 100_000])
    rate = draw.scale(1e8, 4e11)
    if isLit || isNational {
      isLit = true
      rate = 4e11
    }
    root["scenario"] = .text("swarm-\(seed)")
    root["seed"] = .number(draw.int(1...1_000_000))
    root["duration"] = .time(duration)
  }

  /// A name of its own.
  mutating func name(_ stem: String) -> String {
    named += 1
    return "\(stem)\(named)"
  }

  /// What a flow carries if some hundred of them keep a link busy.
  var typicalSize: Double { rate * duration / 8 / 200 }

  mutating func className(lossless: Bool = true) -> String {
    draw.pick(classes.filter { lossless || !$0.isLossless }.map(\.name))
  }

  var node: Node {
    var all = root
    all["network"] = network.node
    if !light.isEmpty { all["light"] = light.node }
    if !traffic.isEmpty || light["requests"] == nil { all["traffic"] = .list(traffic) }
    return all.node
  }

  /// Draws what goes with the outputs: how often links are looked at, what is written.
  mutating func drawOutputs() {
    drawTimes()
    if draw.chance(0.6) {
      root["outputs"] = .names(World.allOutputs + (fabrics.isEmpty ? [] : ["fabric-links"]))
    }
    if hasReservations, draw.chance(0.5) {
      root["reservations"] =
        Section([
          "share": .share(draw.pick([0.5, 0.8, 1])), "paths": .number(draw.int(1...4)),
        ]).node
    }
    if mood != .ideal, !isNational, draw.chance(0.5) {
      root["loss"] = Section(["every": .time(duration / draw.pick([5.0, 20]))]).node
    }
  }

  /// A warm-up ends with a sample, so that samples tell what it leaves out.
  private mutating func drawTimes() {
    let samples = draw.pick([4, 10, 25])
    if draw.chance(0.8) { root["sample_every"] = .time(duration / Double(samples)) }
    guard draw.chance(0.25) else { return }
    root["warm_up"] = .time(duration / Double(samples) * Double(draw.int(1...samples - 1)))
  }

  private static let allOutputs = [
    "summary", "flows", "links", "bottlenecks", "events", "lightpaths", "requests", "services",
    "paths", "demands", "tokens", "token-sites", "token-waits", "samples", "jobs", "elastic",
    "transfers",
  ]
}
