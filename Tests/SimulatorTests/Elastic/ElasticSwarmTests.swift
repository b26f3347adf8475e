// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel
import Scheduling
import Statistics
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Random networks and loads, looked at after every instant.
@Suite struct ElasticSwarmTests {
  private struct World {
    var sketch = ElasticSketch()
    var random: RandomStream

    init(seed: Int) {
      random = RandomStream(seed: UInt64(seed), name: "elastic")
      sketch.sketch.seed = UInt64(seed)
      let links = 2 + Int(random.nextUniform() * 6)
      for index in 0..<links {
        sketch.sketch.link(
          "l\(index)", (1 + random.nextUniform() * 99).rounded() * 1e9,
          delay: random.nextUniform() < 0.5 ? 0 : Int64(random.nextUniform() * 5e6))
      }
      for entry in 0..<1 + Int(random.nextUniform() * 3) { addEntry(entry, links: links) }
      for flow in 0..<10 {
        sketch.sketch.flow(
          "plain\(flow)", at: Int64(random.nextUniform() * 3e9),
          bytes: (1 + random.nextUniform() * 1e9).rounded(), over: path(among: links))
      }
    }

    private mutating func path(among links: Int) -> [Int] {
      var all = Array(0..<links)
      for place in all.indices.dropLast() {
        all.swapAt(place, place + Int(random.nextUniform() * Double(links - place)))
      }
      return Array(all.prefix(1 + Int(random.nextUniform() * Double(min(4, links)))))
    }

    private mutating func addEntry(_ entry: Int, links: Int) {
      let tiers = (0..<1 + Int(random.nextUniform() * 4)).map { index in
        let floor = (random.nextUniform() * 4e9).rounded()
        return ElasticSketch.tier(
          "t\(index)", random.nextUniform() < 0.2 ? 0 : floor,
          floor + 1e6 + random.nextUniform() * 3e10, weight: 0.2 + random.nextUniform() * 5,
          share: 0.1 + random.nextUniform())
      }
      let prices = (0..<24).map { _ in random.nextUniform() }
      let policies: [SchedulingPolicy] = [
        .fair, .weighted, .smallestFirst, .earliestDeadline, .offPeak(prices: prices),
      ]
      let rules: [[AdmissionRule.Step]] = [
        [.accept], [.accept, .shrink], [.accept, .postpone], [.accept, .shrink, .postpone],
        [.accept, .postpone, .shrink],
      ]
      let lines = 1 + Int(random.nextUniform() * 5)
      var access: AccessLines?
      if random.nextUniform() < 0.5 {
        let first = sketch.sketch.topology.links.count
        for line in 0..<lines { sketch.sketch.link("e\(entry)-\(line)", 4e10) }
        access = AccessLines(perSource: lines, first: [nil: LinkID(index: first)])
      }
      sketch.add(
        "e\(entry)", over: path(among: links), tiers,
        arrivals: .bursty(perSecond: 5 + random.nextUniform() * 40, variation: 2),
        sizes: .exponential(mean: 1e9), count: 60, lines: access,
        slack: 1 + random.nextUniform() * 5,
        admission: AdmissionRule(
          rules[Int(random.nextUniform() * 5)],
          patience: SimDuration(nanoseconds: 1 + Int64(random.nextUniform() * 5e9))),
        scheduling: policies[Int(random.nextUniform() * 5)])
    }
  }

  /// The model of a world; every other one has demands that come and go ahead of flows.
  private func model(seed: Int) -> Model {
    var world = World(seed: seed)
    var model = world.sketch.model
    guard seed % 2 == 1 else { return model }
    model.loss.isOn = true
    model.demands = model.routes.indices.map { route in
      let narrowest = model.routes[route].links.map { model.topology[$0].capacity.value }.min()
      let start = Int64(world.random.nextUniform() * 2e9)
      return Demand(
        name: "d\(route)", route: route,
        rate: BitsPerSecond((narrowest ?? 0) * 0.3 * world.random.nextUniform()),
        start: SimTime(nanoseconds: start),
        stop: SimTime(nanoseconds: start + 1 + Int64(world.random.nextUniform() * 3e9)))
    }
    return model
  }

  /// What has to hold of the elastic flows of a run at any instant.
  private func check(_ run: Run) {
    var carried = [Double](repeating: 0, count: run.world.model.topology.links.count)
    var booked = carried
    for sender in run.elastic.book.sending {
      let flow = run.elastic.book[sender.flow]
      let tier = run.elastic.book.tier(of: flow)
      let rate = run.world.fluid.rate(ofClass: sender.flowClass.index)
      #expect(rate >= tier.floor.value * (1 - 1e-9), "\(rate) below \(tier.floor.value)")
      #expect(rate <= tier.ceiling.value * (1 + 1e-9), "\(rate) above \(tier.ceiling.value)")
      if run.elastic.book.policies[flow.entry].ordersFlows, sender.grant > 1 {
        #expect(abs(rate - sender.grant) <= 1e-9 * sender.grant, "\(rate) for \(sender.grant)")
      }
      for link in flow.links { carried[Int(link.index)] += rate }
    }
    for index in run.elastic.book.present where run.elastic.book[index].given >= 0 {
      let flow = run.elastic.book[index]
      for link in flow.links {
        booked[Int(link.index)] += run.elastic.book.tier(of: flow).floor.value
      }
    }
    var rooms = run.world.model.topology.links.map(\.capacity.value)
    for demand in run.world.model.demands where demand.stop > run.now {
      for link in run.world.model.routes[demand.route].links {
        rooms[Int(link.index)] -= demand.rate.value
      }
    }
    for (link, state) in run.world.model.topology.links.enumerated() {
      #expect(carried[link] <= state.capacity.value * (1 + 1e-9))
      #expect(booked[link] <= max(0, rooms[link]) + 1e-9 * state.capacity.value)
      #expect(abs(booked[link] - run.world.floors.booked[link]) <= 1)
    }
  }

  @Test(arguments: 0..<40)
  func floorsAndCeilingsAreNeverLeft(seed: Int) throws {
    let model = model(seed: seed)
    let run = try CompletedRun(model, instants: 1, looking: check) { run in
      #expect(run.elastic.book.present.isEmpty && run.elastic.book.sending.isEmpty)
      #expect(run.world.floors.booked.allSatisfy { $0 == 0 })
    }
    let asked = Double(60 * model.elastic.entries.count)
    let refused = run.summary("elastic_refused")
    #expect(run.summary("elastic_flows") == asked)
    #expect(run.summary("flows_finished") == asked - refused + 10)
    #expect(run.summary("elastic_floors_broken") == 0)
    #expect(abs(run.summary("bytes_started") - run.summary("bytes_delivered")) < 1)
    for row in try run.elasticRows() where row.decision != "refuse" {
      #expect(row.finish != nil && row.start != nil && !row.given.isEmpty)
    }
  }

  @Test(arguments: 0..<14)
  func equalModelsGiveEqualRuns(seed: Int) throws {
    let once = try CompletedRun(World(seed: seed).sketch.model, instants: 1)
    let again = try CompletedRun(World(seed: seed).sketch.model)
    #expect(once.outcome.digest == again.outcome.digest)
    #expect(once.outcome.summary == again.outcome.summary)
  }

  @Test(arguments: 0..<20)
  func failuresNeitherLoseNorKeepAnything(seed: Int) throws {
    var world = World(seed: seed)
    world.sketch.standard.onFailure = FailureResponse.allCases[seed % 3]
    let links = world.sketch.sketch.topology.links.count
    for _ in 0..<6 {
      let link = Int(world.random.nextUniform() * Double(links))
      let at = Int64(world.random.nextUniform() * 3e9)
      world.sketch.sketch.change(link, at: at, .fail)
      world.sketch.sketch.change(
        link, at: at + 1 + Int64(world.random.nextUniform() * 1e9), .repair)
    }
    let model = world.sketch.model
    let run = try CompletedRun(model, instants: 1) { run in
      for sender in run.elastic.book.sending {
        let rate = run.world.fluid.rate(ofClass: sender.flowClass.index)
        let tier = run.elastic.book.tier(of: run.elastic.book[sender.flow])
        #expect(rate <= tier.ceiling.value * (1 + 1e-9))
        // Either the floor holds, or it is told that it does not.
        #expect(rate >= tier.floor.value * (1 - 1e-9) || sender.isBelowFloor)
      }
    } atEnd: { run in
      #expect(run.elastic.book.present.isEmpty)
      #expect(run.world.floors.booked.allSatisfy { $0 == 0 })
    }
    let parts = ["bytes_delivered", "bytes_left", "bytes_broken"].map { run.summary($0) }
    #expect(abs(run.summary("bytes_started") - parts.reduce(0, +)) < 1)
    #expect(run.summary("flows_unfinished") == 0)
    let told = try run.rows(of: "events").filter { $0["event"] == "floor-broken" }
    let broken = run.summary("elastic_floors_broken")
    #expect(Set(told.compactMap { $0["subject"] }).count == Int(broken))
  }
}
