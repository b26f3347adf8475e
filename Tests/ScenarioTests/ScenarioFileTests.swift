// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import NetworkModel
import Simulator
import Statistics
import Testing
import Traffic

@testable import Scenario

@Suite struct ScenarioFileTests {
  @Test func theRingOfTheManualLoadsAsItStands() throws {
    let folder = try ScratchFolder()
    try folder.write("flow,start_s,source,target,bytes,path\n", to: "ring.csv")
    let file = try folder.write(
      """
      scenario: ring
      network:
        links:
          - {name: l0, capacity: 800 Gbps}
          - {name: l1, capacity: 400 Gbps}
      traffic:
        - trace: ring.csv        # flow,start_s,source,target,bytes,path
      outputs: [summary, flows]
      """, to: "ring.yaml")
    let loaded = try ScenarioFile.load(path: file)
    let model = loaded.model
    #expect(model.name == "ring")
    #expect(model.seed == 1)
    #expect(model.duration == nil)
    #expect(model.topology.links.map(\.name) == ["l0", "l1"])
    #expect(model.topology.links.map(\.capacity.value) == [8e11, 4e11])
    #expect(model.topology.links.allSatisfy { $0.ends == nil && $0.delay == .zero })
    #expect(model.classes == [.standard])
    #expect(model.outputs.kinds == [.summary, .flows])
    #expect(loaded.inputs == ["\(folder.path)/ring.csv"])
    #expect(loaded.directory == folder.path)
    guard case .trace(let trace) = try #require(model.traffic.first) else {
      Issue.record("the traffic is a trace")
      return
    }
    #expect(trace.file == "\(folder.path)/ring.csv")
    #expect(trace.trafficClass == 0)
  }

  /// Every key of the format, most of them not at its default.
  static let full = """
    scenario: full
    description: "a: text"
    duration: 24 h
    seed: 9223372036854775807
    network:
      nodes: [beijing, {name: 张家口}, c]
      links:
        - {name: l0, capacity: 800 Gbps}
        - {name: l1, from: beijing, to: 张家口, capacity: 400 Gbps, delay: 1 ms, two_way: true}
        - {name: l2, from: 张家口, to: c, capacity: 0.4 Tbps, two_way: true}
    classes:
      - {name: gold, weight: 4, floor: 1 Gbps, ceiling: 10 Gbps, priority: 1}
    traffic:
      - {trace: t.csv, class: gold}
      - flows:
          - {flow: f2, start: 2 s, path: [l1, l0], size: 1 GiB, class: default}
          - {flow: f1, start: 1 s, from: beijing, to: c, size: 10 GB}
        class: gold
      - generate:
          name: web
          arrivals: {poisson: 100 /s}
          sizes: {pareto: {alpha: 1.2, min: 1 MB, max: 100 GB}}
          pairs: [{from: beijing, to: c, weight: 2}, {from: c, to: beijing}]
          start: 1 s
          stop: 1 h
          count: 1000
      - generate:
          arrivals: {bursty: {load: 8 Mbps, variation: 3}}
          sizes: {empirical: {values: [1 MB, 3 MB], weights: [1, 1]}}
          weights: {beijing: 1, 张家口: 2, c: 3}
      - generate:
          arrivals: {deterministic: {rate: 3 /min}}
          sizes: {lognormal: {mean: 10 MB, variation: 2}}
          path: [l2, l1]
    events:
      - {at: 30 s, repair: l0}
      - {at: 10 s, link: l1, capacity: 200 Gbps}
      - {at: 10 s, fail: l0}
    routing: shortest-delay
    outputs: [links, summary]
    """

  @Test func everyKeyReachesTheModel() throws {
    let model = try load(Self.full).model
    #expect(model.description == "a: text")
    #expect(model.duration == SimDuration(seconds: 86_400))
    #expect(model.seed == 9_223_372_036_854_775_807)
    #expect(model.topology.nodes == ["beijing", "张家口", "c"])
    #expect(model.topology.links.map(\.name) == ["l0", "l1", "l1:back", "l2", "l2:back"])
    #expect(model.topology.links[2].delay == SimDuration(nanoseconds: 1_000_000))
    #expect(model.topology.links[3].capacity == BitsPerSecond(4e11))
    #expect(
      model.classes == [
        .standard,
        TrafficClass(
          name: "gold", weight: 4, floor: BitsPerSecond(1e9), ceiling: BitsPerSecond(1e10),
          priority: 1),
      ])
    #expect(
      model.outputs == Outputs(kinds: [.links, .summary], sampleEvery: SimDuration(seconds: 864)))
    // Stably by time: both at 10 s in the order of the file, a two-way link in both directions.
    let l1 = [LinkID(index: 1), LinkID(index: 2)]
    #expect(
      model.changes == [
        LinkChange(
          time: .init(nanoseconds: 10_000_000_000), links: l1, kind: .capacity(.init(2e11))),
        LinkChange(
          time: .init(nanoseconds: 10_000_000_000), links: [LinkID(index: 0)], kind: .fail),
        LinkChange(
          time: .init(nanoseconds: 30_000_000_000), links: [LinkID(index: 0)], kind: .repair),
      ])
  }

  @Test func trafficReachesTheModel() throws {
    let model = try load(Self.full).model
    #expect(model.traffic.count == 5)
    guard case .listed(let flows) = model.traffic[1], case .generated(let web) = model.traffic[2],
      case .generated(let second) = model.traffic[3], case .generated(let third) = model.traffic[4]
    else {
      Issue.record("the entries keep their order")
      return
    }
    func names(_ route: Int) -> [String] {
      model.routes[route].links.map { model.topology[$0].name }
    }
    // In order of their start.
    #expect(flows.map(\.name) == ["f1", "f2"])
    #expect(flows.map { names($0.route) } == [["l1", "l2"], ["l1", "l0"]])
    #expect(flows.map(\.bytes.value) == [1e10, 1_073_741_824])
    #expect(flows.map(\.trafficClass) == [1, 0])

    #expect(web.name == "web")
    #expect(web.arrivals == .poisson(perSecond: 100))
    #expect(web.sizes == .boundedPareto(alpha: 1.2, minimum: 1e6, maximum: 1e11))
    #expect(web.routes.map { names($0.route) } == [["l1", "l2"], ["l2:back", "l1:back"]])
    #expect(web.routes.map(\.weight) == [2, 1])
    #expect(web.start == SimTime(nanoseconds: 1_000_000_000))
    #expect(web.stop == SimTime(nanoseconds: 3_600_000_000_000))
    #expect(web.count == 1000)

    // 8 Mbps of flows of 2 MB on average, which is 16 Mbit: one every two seconds.
    #expect(second.name == "generator-2")
    #expect(second.arrivals == .bursty(perSecond: 0.5, variation: 3))
    // Six ordered pairs: 1*2, 1*3, 2*1, 2*3, 3*1, 3*2.
    #expect(second.routes.map(\.weight) == [2, 3, 2, 6, 3, 6])
    #expect(second.stop == .distantFuture)

    #expect(third.name == "generator-3")
    #expect(third.routes.map { names($0.route) } == [["l2:back", "l1:back"]])
    guard case .lognormal(let zeta, let sigma) = third.sizes else {
      Issue.record("the sizes are lognormal")
      return
    }
    // Variance ln(1 + 2^2) = 1.6094379; zeta = ln(1e7) - 0.8047190 = 15.3133767.
    #expect(abs(sigma * sigma - 1.609437912) < 1e-8)
    #expect(abs(zeta - 15.313376694) < 1e-8)
  }

  /// All of a model but its outputs' set, whose order is random, as text.
  private func text(_ model: Model) -> String {
    var model = model
    let outputs = model.outputs
    model.outputs = Outputs(kinds: [], sampleEvery: outputs.sampleEvery)
    var text = ""
    dump(model, to: &text)
    return text + outputs.kinds.map(\.rawValue).sorted().joined()
  }

  @Test(arguments: [full, Flaw.sound])
  func theResolvedScenarioLoadsAsTheSameModel(scenario: String) throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "t.csv")
    let first = try ScenarioFile.load(path: folder.write(scenario, to: "s.yaml"))
    let second = try ScenarioFile.load(path: folder.write(first.resolvedJSON, to: "s.json"))
    #expect(text(second.model) == text(first.model))
    #expect(second.resolvedJSON == first.resolvedJSON)
  }

  @Test func theResolvedScenarioNamesEveryDefault() throws {
    let json = try load(
      """
      scenario: s
      network: {links: [{name: l, from: a, to: b, capacity: 1e3 Mbps}]}
      traffic: [{generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 B}, path: [l], count: 1}}]
      """
    ).resolvedJSON
    for part in [
      "\"description\": \"\"", "\"seed\": 1", "{\"name\": \"a\"},", "\"capacity\": \"1 Gbps\"",
      "\"delay\": \"0 s\"", "\"two_way\": false", "\"name\": \"default\"", "\"class\": \"default\"",
      "\"name\": \"generator-1\"", "\"routing\": \"shortest-delay\"",
      "\"outputs\": [\"summary\", \"flows\", \"bottlenecks\", \"events\"]",
    ] {
      #expect(json.contains(part), "\(part) is not in \(json)")
    }
  }

  @Test(arguments: [
    ("seed=7", "seed: 9223372036854775807", "seed: 7"),
    ("network.links[l1].capacity=1 Tbps", "400 Gbps", "1 Tbps"),
    ("network.links[1].delay=2 us", "1 ms", "2 us"),
    ("classes[gold].weight=0.5", "weight: 4", "weight: 0.5"),
    ("traffic[2].generate.arrivals={poisson: 5 /s}", "100 /s", "5 /s"),
    ("traffic[3].generate.weights.张家口=9", "张家口: 2", "张家口: 9"),
    ("outputs=[flows]", "[links, summary]", "[flows]"),
    ("events[0].at=1 d", "30 s", "1 d"),
    ("sample_every=3 s", "outputs: ", "sample_every: 3 s\noutputs: "),
  ])
  func aSettingGivesTheSameAsWritingIt(setting: String, from: String, to: String) throws {
    let written = Self.full.replacing(from, with: to, maxReplacements: 1)
    #expect(written != Self.full)
    #expect(try load(Self.full, settings: [setting]).resolvedJSON == load(written).resolvedJSON)
  }

  @Test func laterSettingsSeeEarlierOnes() throws {
    let loaded = try load(
      Self.full,
      settings: [
        "classes[gold].name=silver", "classes[silver].weight=8",
        "traffic[0].class=silver", "traffic[1].class=silver",
      ])
    #expect(loaded.model.classes[1].name == "silver")
    #expect(loaded.model.classes[1].weight == 8)
  }
}
