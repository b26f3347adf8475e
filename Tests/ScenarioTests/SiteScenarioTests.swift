// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scenario
import Simulator
import Testing
import Traffic

/// Training jobs over sites as scenarios write them.
@Suite struct SiteScenarioTests {
  private static let good = """
    scenario: sites
    network:
      links:
        - {name: long, from: east, to: west, capacity: 800 Gbps, delay: 10 ms, two_way: true}
        - {name: lossy, from: east, to: north, capacity: 800 Gbps, port: {loss: 1e-6}}
      fabrics:
        - {name: a, hosts: 8, nic: 200 Gbps, accelerator: H800, exit: {node: east, convergence: 16}}
        - {name: b, hosts: 8, nic: 200 Gbps, accelerator: A800, exit: {node: west, rate: 400 Gbps}}
        - {name: c, hosts: 8, nic: 200 Gbps, accelerator: A800}
        - {name: d, hosts: 8, nic: 200 Gbps, accelerator: A800, exit: north}
        - {name: e, hosts: 8, nic: 200 Gbps, accelerator: A800, exit: {node: east, convergence: 64}}
    classes:
      - {name: between, weight: 2, on_failure: wait}
    traffic:
      - training:
          name: llm
          sites: [{fabric: a, hosts: 4}, {fabric: b, first_host: 2, hosts: 4}]
          spread: data
          split: equal
          class_between: between
          iterations: 10
          model: {parameters: 7e9, layers: 32, hidden: 4096, sequence: 4096}
          plan: {data: 8, tensor: 8, batch: 64, overlap: 50 %}
      - training:
          name: pipe
          sites: [{fabric: a, first_host: 4}, {fabric: e, hosts: 8}]
          spread: pipeline
          model: {parameters: 7e9, layers: 32, hidden: 4096, sequence: 4096}
          plan: {data: 2, tensor: 8, pipeline: 6, batch: 64}
    """

  private func changed(_ part: String, _ change: String) -> String {
    Self.good.replacing(part, with: change, maxReplacements: 1)
  }

  @Test func aScenarioBecomesSpansWithTheirJobs() throws {
    let model = try load(Self.good).model
    let training = model.training
    #expect(training.jobs.count == 4 && training.spans.map(\.members) == [[0, 1], [2, 3]])
    #expect(training.jobs.map(\.firstGPU) == [0, 16, 32, 0])
    #expect(training.spans.map(\.trafficClass) == [1, 0])
    #expect(training.spans[0].exchange == .ring(bytes: 14e9, latencies: 2))
    let route = training.spans[0].hops[0].route
    #expect(route.links.map { model.topology[$0].name } == ["a/exit", "long", "b/exit:back"])
    // Each exit is as far from the cards as the spines: two cables of 500 ns.
    let delays = route.links.map { model.topology[$0].delay.nanoseconds }
    #expect(delays == [1000, 10_000_000, 1000])
    let exit = try #require(model.topology.links.first { $0.name == "a/exit" })
    #expect(exit.capacity.value == 8 * 8 * 200e9 / 16)
    #expect(model.topology.links.contains { $0.name == "d/exit" && $0.capacity.value == 12.8e12 })
    // Four hosts of eight cards at both ends, and two data ranks of eight.
    #expect(training.spans.map { $0.hops[0].connections } == [32, 16])
    // Unlike sites are compared with what each does alone.
    #expect(training.spans[0].oneSite.map(\.share) == [0.5, 0.5])
  }

  @Test func theResolvedScenarioLoadsAsTheSame() throws {
    let loaded = try load(Self.good)
    let again = try load(loaded.resolvedJSON)
    #expect(again.resolvedJSON == loaded.resolvedJSON)
    #expect(again.model.training.jobs == loaded.model.training.jobs)
    #expect(again.model.training.spans.map(\.hops) == loaded.model.training.spans.map(\.hops))
  }

  @Test(arguments: [
    ("fabric: a, hosts: 4", "fabric: x, hosts: 4", "unknown fabric \"x\""),
    ("fabric: b, first_host: 2", "fabric: a, first_host: 4", "found \"a\" twice"),
    ("fabric: b, first_host: 2", "fabric: c, first_host: 2", "a site needs a fabric with an exit"),
    ("fabric: b, first_host: 2", "fabric: d, first_host: 2", "no route leads from \"d/exit\""),
    ("first_host: 2, hosts: 4", "first_host: 9, hosts: 4", "found 9, expected 0 to 7"),
    ("first_host: 2, hosts: 4", "first_host: 5, hosts: 4", "expected at most the 3 of the fabric"),
    ("fabric: a, first_host: 4", "fabric: a, first_host: 3, hosts: 4", "that job \"llm\" has"),
    (", {fabric: b, first_host: 2, hosts: 4}", "", "found 1, expected 2 sites or more"),
    ("data: 8, tensor: 8", "data: 16, tensor: 8", "replicas that the sites have room for, 8"),
    ("pipeline: 6", "pipeline: 8", "stages that the sites have room for, 6"),
    (
      "tensor: 8, batch: 64, overlap", "tensor: 16, pipeline: 3, batch: 64, overlap",
      "expected a multiple of tensor x pipeline, 48"
    ),
    ("pipeline: 6, batch: 64", "pipeline: 6, batch: 64, overlap: 10 %", "expected 0 %"),
    (
      "layers: 32, hidden: 4096, sequence: 4096}\n      plan: {data: 2",
      "layers: 6, hidden: 4096, sequence: 4096}\n      plan: {data: 2", "for the 2 layers"
    ),
    ("spread: data", "spread: date", "did you mean \"data\"?"),
    ("exit: north", "exit: nirth", "did you mean \"north\"?"),
    ("convergence: 16", "convergence: 16, rate: 1 Tbps", "found rate and convergence"),
    ("convergence: 16", "convergence: 1e17", "expected 1 bit/s to 1000 Pbit/s"),
    ("on_failure: wait", "on_failure: break", "expected one that waits or moves"),
    ("class_between: between", "class_between: betwixt", "unknown class \"betwixt\""),
    (
      "sites: [{fabric: a, hosts: 4}", "first_host: 1\n      sites: [{fabric: a, hosts: 4}",
      "expected it in each of them"
    ),
    ("name: llm\n", "name: llm\n      fabric: a\n", "fabric"),
  ])
  func aMistakeIsToldWhereItIs(part: String, change: String, expected: String) throws {
    #expect(Self.good.contains(part))
    let text = try problems(changed(part, change)).joined(separator: "\n")
    #expect(text.contains(expected), "\(text)")
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("s.yaml:") }, "\(text)")
  }

  @Test func aLosslessClassNeedsAWayThatLosesNothing() throws {
    let lossless = Self.good
      .replacing("delay: 10 ms, two_way: true", with: "two_way: true, port: {loss: 1e-5}")
      .replacing("on_failure: wait", with: "transport: lossless-credit")
    let text = try problems(lossless).joined(separator: "\n")
    #expect(text.contains("is lossless, but between sites link \"long\" loses 1e-05"), "\(text)")
  }

  @Test func whatIsSaidOfSitesNeedsSites() throws {
    let text = try problems(
      changed(
        "sites: [{fabric: a, hosts: 4}, {fabric: b, first_host: 2, hosts: 4}]", "fabric: a"))
    #expect(text.contains { $0.contains("found spread without sites") }, "\(text)")
  }

  private func outcomes(_ text: String) throws -> [JobOutcome] {
    let run = try Run(load(text).model)
    while try run.advance(instants: 1024) {}
    return try run.finish().jobs
  }

  /// Two jobs that leave by the same exit meet there, and one that is alone does not.
  @Test func jobsThatShareAnExitMeet() throws {
    let alike = Self.good.replacing(", port: {loss: 1e-6}", with: "")
      .replacing("convergence: 16", with: "convergence: 64").replacing("pipe\n", with: "other\n")
      .replacing(
        "{fabric: a, first_host: 4}, {fabric: e, hosts: 8}",
        with: "{fabric: a, first_host: 4}, {fabric: e, hosts: 4}"
      )
      .replacing("spread: pipeline", with: "iterations: 4")
      .replacing(
        "data: 2, tensor: 8, pipeline: 6, batch: 64", with: "data: 8, tensor: 8, batch: 64")
    let both = try outcomes(alike)
    let alone = try outcomes(
      alike.replacing("a, first_host: 4}", with: "d, first_host: 4}")
        .replacing("exit: north", with: "exit: {node: east, convergence: 64}"))
    #expect(both[0].iterationsSimulated > 1 && both[0].iterations == 10)
    #expect(alone.map(\.iterationsSimulated) == [1, 1])
    #expect(both[0].iterationSeconds > alone[0].iterationSeconds + 0.01)
  }

  /// The exit is a link like others: it fails and comes back.
  @Test func anExitCanFail() throws {
    let events = """

      events:
        - {at: 1 s, fail: a/exit, for: 10 s}
      """
    let sound = try outcomes(Self.good)
    let failed = try outcomes(Self.good + events)
    #expect(sound.count == failed.count && !sound.isEmpty)
    for (job, other) in zip(sound, failed) {
      let end = try #require(job.finished)
      let later = try #require(other.finished)
      #expect((later - end).seconds > 5 && (later - end).seconds < 10.001)
      #expect(abs(other.bytesBetweenSites / job.bytesBetweenSites - 1) < 1e-9)
    }
  }
}
