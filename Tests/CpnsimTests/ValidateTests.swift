// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ValidateTests {
  @Test func aValidScenarioIsCounted() throws {
    let workspace = try Ring.workspace()
    let before = workspace.names
    let outcome = try workspace.cpnsim("validate", "ring.yaml")
    #expect(outcome.code == 0)
    #expect(
      outcome.output == """
        ring.yaml: valid: 2 links, 1 class, 1 traffic source (1 trace)
        ring.csv: valid: 3 flows, 300 GB, the last at 1 s

        """)
    #expect(outcome.errors.isEmpty)
    #expect(workspace.names == before)
  }

  @Test func settingsAreCheckedLikeTheFile() throws {
    let workspace = try Ring.workspace()
    let outcome = try workspace.cpnsim(
      "validate", "ring.yaml", "--set", "network.links[l0].capacity=fast")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("--set network.links[l0].capacity: "))
    #expect(outcome.errors.contains("found \"fast\", expected"))
  }

  @Test func theFirstBadLineOfEachTraceIsReported() throws {
    let workspace = try Ring.workspace()
    try workspace.write(Ring.trace + "4,0,,,1,l0\n5,0,,,1,l0\n", to: "back.csv")
    try workspace.write(Ring.trace + "4,2,,,1,l9\n", to: "lost.csv")
    try workspace.write(
      Ring.scenario.replacingOccurrences(
        of: "outputs:", with: "  - trace: back.csv\n  - trace: lost.csv\noutputs:"),
      to: "three.yaml")
    let outcome = try workspace.cpnsim("validate", "three.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == """
        error: back.csv:5: start_s: flows must be in order of their start, found 0 after 1; \
        sort the file by it, or have it sorted: sort: true in a scenario, --sort with show trace
        lost.csv:5: the network has no link 'l9'

        """)
  }

  @Test func rowsBehindTheHorizonAreReadToo() throws {
    let workspace = try Ring.workspace()
    try workspace.write("duration: 10 s\n" + Ring.scenario, to: "short.yaml")
    try workspace.write(Ring.trace + "4,99,,,1,l0\n5,100,,,-1,l0\n", to: "ring.csv")
    // A run ends before it gets there.
    #expect(try workspace.cpnsim("run", "short.yaml").code == 0)
    let outcome = try workspace.cpnsim("validate", "short.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("ring.csv:6: bytes: expected a number above 0, found '-1'"))
  }

  @Test func aTraceWithoutFlowsIsValid() throws {
    let workspace = try Ring.workspace()
    try workspace.write("flow,start_s,source,target,bytes,path\n", to: "ring.csv")
    let outcome = try workspace.cpnsim("validate", "ring.yaml")
    #expect(outcome.code == 0)
    #expect(outcome.output.hasSuffix("ring.csv: valid: 0 flows, 0 B\n"))
  }
}
