// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Simulator
import TestSupport
import Testing

@testable import Light

/// Lightpaths judged by the channels that are lit, and by nothing else.
@Suite struct LitInterferenceTests {
  /// A fast mode that just closes over 8 spans at full load of 24 channels, and a slow one that is
  /// narrower and goes farther.
  private func modes() throws -> [TransceiverMode] {
    func fast(needing required_dB: Double) throws -> TransceiverMode {
      try TransceiverMode(
        name: "fast", lineRate: BitsPerSecond(400e9), symbolRate_GBd: 60, slot_GHz: 75,
        requiredOSNR_dB: required_dB)
    }
    let line = RouteSection(length: Kilometres(8 * 80), line: .standard)
    let terms = try Transmission(grid: fixed(24)).terms(over: [line], mode: fast(needing: 20))
    let arrives_dB = try #require(terms).gsnr01nm_dB
    return try [
      fast(needing: arrives_dB - 2.001),
      TransceiverMode(
        name: "slow", lineRate: BitsPerSecond(200e9), symbolRate_GBd: 32, slot_GHz: 50,
        requiredOSNR_dB: arrives_dB - 5),
    ]
  }

  private func rate(
    _ sketch: inout LightSketch, _ modes: [TransceiverMode], margin_dB: Double = 2
  ) -> TransmissionTable {
    let table = TransmissionTable(
      Transmission(grid: sketch.light.grid), modes: modes, plant: sketch.light.plant)
    sketch.light.rating = .byQuality(table, margin_dB: margin_dB)
    return table
  }

  private func fixed(_ channels: Int) throws -> ChannelGrid {
    .fixed(try FixedGrid(first_THz: 193.1, spacing_GHz: 75, count: channels))
  }

  /// One fibre of so many spans with one mode, and how many of its channels are lit.
  private func fill(
    spans: Int, channels: Int, _ rule: InterferenceRule, modes: [TransceiverMode]
  ) throws -> (network: LightNetwork, lit: Int) {
    var sketch = LightSketch()
    sketch.light.grid = try fixed(channels)
    sketch.fibre("f", "a", "b", km: 80 * Double(spans))
    sketch.link("l", "a", "b", channels: channels)
    _ = rate(&sketch, modes)
    sketch.light.interference = rule
    let lit = sketch.model.lit
    return (lit, lit.circuitCount(ofLink: 0))
  }

  @Test func aFasterModeClosesOnAnEmptyFibreThanAtFullLoad() throws {
    // At 9 spans the fast mode closes alone and not beside 23 others.
    for (rule, name) in [(InterferenceRule.fullLoad, "slow"), (.litChannels, "fast")] {
      let network = try fill(spans: 9, channels: 24, rule, modes: modes()).network
      let first = network.lightpaths[LightpathID(0)]
      let quality = try #require(network.quality(of: first))
      #expect(quality.mode == name)
    }
  }

  /// A grid that is full of one mode is what full load says it is.
  @Test(arguments: 1...16)
  func theGridCanBeFilledWhereItClosesAtFullLoadAndOnlyThere(spans: Int) throws {
    let fast = [try modes()[0]]
    let full = try fill(spans: spans, channels: 24, .fullLoad, modes: fast).lit
    let lit = try fill(spans: spans, channels: 24, .litChannels, modes: fast).lit
    #expect(full == (spans <= 8 ? 24 : 0))
    #expect((lit == 24) == (full == 24))
  }

  @Test func someLengthsCloseOnlyInPart() throws {
    let fast = [try modes()[0]]
    let counts = try (1...16).map {
      try fill(spans: $0, channels: 24, .litChannels, modes: fast).lit
    }
    #expect(counts == counts.sorted(by: >))
    #expect(counts.contains { $0 > 1 && $0 < 24 })
    #expect(counts.first == 24 && counts.last == 0)
  }

  @Test func fastModesThatCameEarlyMayKeepOthersOut() throws {
    // At 9 spans full load has the slow mode on all channels; here the fast one is first, and is
    // kept from falling below its margin.
    let full = try fill(spans: 9, channels: 24, .fullLoad, modes: modes())
    let lit = try fill(spans: 9, channels: 24, .litChannels, modes: modes())
    #expect(full.lit == 24 && lit.lit < 24)
  }

  @Test func whatIsTurnedAwayHasTakenNothing() throws {
    var (network, lit) = try fill(spans: 9, channels: 24, .litChannels, modes: [modes()[0]])
    #expect(lit > 0 && lit < 24)
    let used = network.spectrum.used(inRow: 0)
    #expect(used == lit)
    let demand = network.demand(ofLink: 0)
    for _ in 0..<3 {
      guard case .blocked(let reason) = network.lightCircuit(demand, at: .zero) else {
        Issue.record("a channel too many is lit")
        return
      }
      #expect(reason == .noReach)
      #expect(network.spectrum.used(inRow: 0) == used && network.lightpaths.count == lit)
      #expect(network.neighbours == [(0..<lit).map { LightpathID($0) }])
    }
    // Where one goes dark, another may come.
    network.darken(network.linkCircuits[0][0])
    guard case .lit = network.lightCircuit(demand, at: .zero) else {
      Issue.record("a channel that went dark leaves no room for another")
      return
    }
    #expect(network.spectrum.used(inRow: 0) == used)
  }

  // MARK: - Against a slow judge

  @Test(arguments: 0..<12)
  func everyLightpathClosesWhateverIsLit(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), name: "lit")
    let sketch = try mesh(seed: seed, using: &stream)
    guard case .byQuality(let table, let margin_dB) = sketch.light.rating else { return }
    var network = LightNetwork(sketch.light, siteCount: sketch.topology.nodes.count, seed: 1)
    var seen = Seen()
    for _ in 0..<60 {
      step(&network, nodes: sketch.topology.nodes.count, &seen, using: &stream)
      let judge = SlowJudge(network, table)
      for index in network.lightpaths.positions {
        let margin = judge.margin_dB(of: index)
        // Its neighbours may be summed in another order than when it was lit.
        #expect(margin >= margin_dB - 1e-9, "lightpath \(index): \(margin) dB")
        let quality = try #require(network.quality(of: network.lightpaths[index]))
        #expect(abs(quality.margin_dB - margin) < 1e-9)
      }
      #expect(judge.slotsUsed == judge.slotsTaken)
      for row in network.neighbours { #expect(Set(row).count == row.count) }
      #expect(network.neighbours.reduce(0) { $0 + $1.count } == judge.rowsUsed)
    }
    #expect(seen.lit > 5)
    for index in network.circuits.positions { network.darken(index) }
    #expect(network.spectrum.isEmpty && network.neighbours.allSatisfy(\.isEmpty))
    #expect(network.lightpaths.count == 0)
  }

  private struct Seen {
    var lit = 0
    var blocked = 0
  }

  /// Five sites in a ring with a chord and a parallel fibre, of lengths near the reach of the
  /// modes.
  private func mesh(seed: Int, using stream: inout RandomStream) throws -> LightSketch {
    var sketch = LightSketch()
    sketch.light.grid =
      seed % 2 == 0
      ? try fixed(12)
      : .flexible(try FlexibleGrid(first_THz: 193.1, slots: 48, guardSlots: seed % 3))
    let pairs = ["ab", "bc", "cd", "de", "ea", "bd", "ab"]
    for (index, pair) in pairs.enumerated() {
      sketch.fibre(
        "f\(index)", String(pair.prefix(1)), String(pair.suffix(1)),
        km: Double(Int.random(in: 2...7, using: &stream)) * 80)
    }
    _ = rate(&sketch, try modes(), margin_dB: Double(seed % 4) / 2)
    sketch.light.interference = .litChannels
    sketch.light.isTwoWay = seed % 5 != 0
    sketch.light.assignment =
      ChannelAssignment.allCases.randomElement(using: &stream) ?? .firstFit
    return sketch
  }

  private func step(
    _ network: inout LightNetwork, nodes: Int, _ seen: inout Seen,
    using stream: inout RandomStream
  ) {
    switch Int.random(in: 0..<12, using: &stream) {
    case 0...2:
      if let circuit = network.circuits.positions.randomElement(using: &stream) {
        network.darken(circuit)
      }
    case 3:
      let fibre = FibreID(index: Int.random(in: 0..<network.faults.count, using: &stream))
      let changes =
        network.faults[Int(fibre.index)] == 0
        ? network.fail(fibre, at: .zero) : network.repair(fibre, at: .zero)
      for change in changes {
        if !change.left.isNone { network.release(change.left) }
        if change.switchesAfter != nil { _ = network.switchOver(change.circuit, at: .zero) }
      }
    default:
      let source = Int32.random(in: 0..<Int32(nodes), using: &stream)
      let hop = Int32.random(in: 1..<Int32(nodes), using: &stream)
      let demand = CircuitDemand(
        source: source, target: (source + hop) % Int32(nodes),
        protection: [.none, .onePlusOne, .restoration].randomElement(using: &stream) ?? .none,
        lightpath: LightpathDemand(rate: Bool.random(using: &stream) ? 100e9 : 300e9))
      switch network.lightCircuit(demand, at: .zero) {
      case .lit(let circuit):
        seen.lit += 1
        if let change = network.start(circuit, at: .zero), change.switchesAfter != nil {
          _ = network.switchOver(circuit, at: .zero)
        }
      case .blocked: seen.blocked += 1
      }
    }
  }
}

/// Judges each lightpath from nothing but the list of all lightpaths.
private struct SlowJudge {
  let network: LightNetwork
  let table: TransmissionTable
  let all: [LightpathID]

  init(_ network: LightNetwork, _ table: TransmissionTable) {
    self.network = network
    self.table = table
    all = network.lightpaths.positions
  }

  /// The strands of a lightpath: a fibre, and its direction where that matters.
  private func strands(_ index: LightpathID) -> [[Int32]] {
    let path = network.candidates.path(network.lightpaths[index].path)
    return zip(path.fibres, path.sites).map { fibre, site in
      let isForward = network.model.plant[fibre].first == site
      return [fibre.index, network.model.isTwoWay || isForward ? 0 : 1]
    }
  }

  private func centre_THz(_ index: LightpathID) -> Double {
    let lightpath = network.lightpaths[index]
    switch network.model.grid {
    case .fixed(let grid): return grid.first_THz + Double(lightpath.first) * grid.spacing_GHz / 1e3
    case .flexible(let grid):
      let width = Double(lightpath.count) - Double(grid.guardSlots)
      return grid.first_THz + (Double(lightpath.first) + width / 2) * 12.5e-3
    }
  }

  func margin_dB(of index: LightpathID) -> Double {
    let own = network.lightpaths[index]
    let sections = strands(index).map { strand in
      let fibre = FibreID(index: Int(strand[0]))
      let others = all.filter { $0 != index && strands($0).contains(strand) }.compactMap { other in
        table.litChannel(
          mode: Int(network.lightpaths[other].mode), on: fibre, centre_THz: centre_THz(other))
      }
      return LitSection(
        network.model.plant[fibre].section,
        launch_dBm: table.launchPower_dBm(on: fibre, mode: Int(own.mode)) ?? .nan, others: others)
    }
    let mode = table.modes[Int(own.mode)]
    return QualityTerms(
      over: sections, centre_THz: centre_THz(index), symbolRate_GBd: mode.symbolRate_GBd
    ).margin_dB(for: mode)
  }

  var rowsUsed: Int { all.reduce(0) { $0 + strands($1).count } }

  /// Slots of all strands by the lightpaths, each of which has its own.
  var slotsUsed: Int {
    all.reduce(0) { $0 + strands($1).count * Int(network.lightpaths[$1].count) }
  }

  var slotsTaken: Int {
    (0..<network.spectrum.rows).reduce(0) { $0 + network.spectrum.used(inRow: $1) }
  }
}
