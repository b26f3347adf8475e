// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import NetworkModel
import Scenario
import Simulator
import Statistics
import Testing
import Traffic

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
}
