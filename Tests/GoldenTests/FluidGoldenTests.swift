// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Simulator
import TestSupport
import Testing

/// Finish times against those of other programs, from scenario file to `flows.csv`.
@Suite struct FluidGoldenTests {
  @Test(arguments: FluidGolden.names)
  func everyFlowFinishesAsOthersSay(name: String) throws {
    let golden = try FluidGolden(named: name)
    let folder = try ScratchFolder()
    try folder.write(golden.trace, to: "flows.csv")
    let scenario = try folder.write(golden.scenario, to: "golden.yaml")
    let run = try CompletedRun(ScenarioFile.load(path: scenario).model)
    let finishes = run.finishes
    #expect(!golden.flows.isEmpty && finishes.count == golden.flows.count)
    for flow in golden.flows {
      let finish = try #require(finishes[String(flow.name)].map(Double.init))
      #expect(
        abs(finish - flow.finish) <= 1e-6 * flow.finish + 10,
        "flow \(flow.name) finishes at \(finish) ns, not \(flow.finish) ns")
    }
  }
}
