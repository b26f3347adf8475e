// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scenario
import Scheduling
import Simulator
import Testing
import Traffic

/// Fabrics and training jobs as scenarios write them.
@Suite struct TrainingScenarioTests {
  private static let good = """
    scenario: training
    network:
      fabrics:
        - name: pod
          hosts: 16
          nic: 400 Gbps
          rail_optimised: true
          nics_per_leaf: 8
          accelerator: H100
          balancing: intelligent
          failed: [pod/leaf0-spine1]
    traffic:
      - training:
          name: llm
          fabric: pod
          iterations: 10
          model: {parameters: 7e9, layers: 32, hidden: 4096, sequence: 4096}
          plan: {data: 8, tensor: 8, batch: 64, overlap: 50 %}
      - training:
          name: bench
          fabric: pod
          first_host: 8
          collective: {gpus: 64, size: 1 GB}
    """

  private func complaint(_ text: String) throws -> String {
    try problems(text).joined(separator: "\n")
  }

  @Test func aScenarioBecomesFabricsAndJobs() throws {
    let model = try load(Self.good).model
    let fabric = try #require(model.training.fabrics.first)
    #expect(fabric.balancing == .intelligent(queuePairs: 1))
    #expect(fabric.fabric.design.uplinksPerLeaf == 8 && fabric.fabric.leafCount == 16)
    #expect(fabric.fabric.design.interconnect.rate.value == 3600e9)
    #expect(model.topology.links.count == fabric.fabric.links.count)
    #expect(model.training.jobs.map(\.name) == ["llm", "bench"])
    #expect(model.training.jobs.map(\.firstGPU) == [0, 64])
    #expect(model.training.jobs[0].overlap == 0.5)
    let failed = try #require(model.changes.first)
    #expect(failed.kind == .fail && failed.time.nanoseconds == 0 && failed.links.count == 2)
  }

  @Test func theResolvedScenarioLoadsAsTheSame() throws {
    let loaded = try load(Self.good)
    let again = try load(loaded.resolvedJSON)
    #expect(again.resolvedJSON == loaded.resolvedJSON)
    #expect(again.model.training.jobs == loaded.model.training.jobs)
  }

  @Test(arguments: [
    ("nics_per_leaf: 8", "nics_per_leaf: 0", "found 0, expected more than zero"),
    ("hosts: 16", "hosts: 1", "hosts: found 1, expected 2 or more"),
    ("nics_per_leaf: 8", "nics_per_leaf: 8\n      oversubscription: 3", "whole number"),
    ("accelerator: H100", "accelerator: H10", "did you mean \"H100\"?"),
    ("balancing: intelligent", "balancing: inteligent", "did you mean \"intelligent\"?"),
    ("rail_optimised", "rail_optimized", "did you mean \"rail_optimised\"?"),
    ("failed: [pod/leaf0-spine1]", "failed: [pod/leaf0-spine9]", "unknown link"),
    ("fabric: pod\n      iterations", "fabric: pot\n      iterations", "did you mean \"pod\"?"),
    ("batch: 64", "batch: 65", "expected a multiple of data x microbatch, 8"),
    ("first_host: 8", "first_host: 7", "accelerators that job \"llm\" has"),
    ("first_host: 8", "first_host: 9", "expected at most the 56 of the fabric"),
    ("first_host: 8", "first_host: 16", "found 16, expected 0 to 15"),
    ("gpus: 64, size", "gpus: 1, size", "found 1, expected 2 or more"),
    ("gpus: 64, size", "gpus: 48, algorithm: halving-doubling, size", "a power of two"),
    ("gpus: 64, size", "kind: all-to-all, algorithm: tree, gpus: 64, size", "expected direct"),
    ("tensor: 8,", "tensor: 8, pipeline: 33,", "more stages than layers"),
    ("tensor: 8,", "tensor: 8, expert: 2,", "a divisor of the experts, 1"),
    ("accelerator: H100", "delay: 2 s", "expected at most 1 s"),
  ])
  func aMistakeIsToldWhereItIs(part: String, change: String, expected: String) throws {
    let text = try complaint(Self.good.replacing(part, with: change, maxReplacements: 1))
    #expect(text.contains(expected), "\(text)")
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("s.yaml:") }, "\(text)")
  }

  @Test func aModelNeedsAPlanAndAnAccelerator() throws {
    let without = Self.good.split(separator: "\n").filter { !$0.contains("accelerator") }
    #expect(try complaint(without.joined(separator: "\n")).contains("says its accelerator"))
    let unplanned = Self.good.split(separator: "\n").filter { !$0.contains("plan:") }
    #expect(try complaint(unplanned.joined(separator: "\n")).contains("found model without plan"))
  }
}
