// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What a scenario expects of its run: the ring's flow 1 takes 2.5 s, the others take 2.5 s.
@Suite struct ExpectTests {
  private func run(
    _ expect: String, _ words: [String] = []
  ) throws -> (outcome: Outcome, workspace: Workspace) {
    let workspace = try Ring.workspace()
    try workspace.write(Ring.scenario + "expect: [\(expect)]\n", to: "ring.yaml")
    return (try workspace.cpnsim(["run", "ring.yaml"] + words), workspace)
  }

  @Test(arguments: [
    ("{metric: fct_max, at_most: 2.5 s}", "fct_max is at most 2.5 s\n"),
    (
      "{metric: fct_max, at_least: 2500 ms}, {metric: flows_finished, at_least: 3}",
      "all 2 expectations hold\n"
    ),
    ("{metric: bytes_delivered, at_most: 0.3 TB}", "bytes_delivered is at most 0.3 TB\n"),
    ("{metric: link_utilisation_max, at_most: 100 %}", "link_utilisation_max is at most 100 %\n"),
  ]) func whatHoldsIsOneLine(expect: String, line: String) throws {
    let outcome = try run(expect).outcome
    #expect(outcome.code == 0 && outcome.errors == line, "\(outcome.errors)")
    let quiet = try run(expect, ["--quiet"]).outcome
    #expect(quiet.code == 0 && quiet.errors.isEmpty)
  }

  @Test(arguments: [
    ("{metric: fct_max, at_most: 2 s}", "expected fct_max at most 2 s, found 2.5 s\n"),
    (
      "{metric: fct_max, at_most: 2499999.9999 us}",
      "expected fct_max at most 2499999.9999 us, found 2500000 us\n"
    ),
    ("{metric: flows_finished, at_least: 4}", "expected flows_finished at least 4, found 3\n"),
    (
      "{metric: bytes_delivered, at_most: 1 GB}",
      "expected bytes_delivered at most 1 GB, found 300 GB\n"
    ),
  ]) func whatDoesNotHoldEndsWith1(expect: String, line: String) throws {
    let (outcome, workspace) = try run(expect, ["--quiet", "--out", "out"])
    #expect(outcome.code == 1 && outcome.errors == line, "\(outcome.errors)")
    // The run is whole, and its digest and tables are what they are without.
    #expect(try workspace.text(of: "out/manifest.json").contains("\"complete\""))
    let plain = try Ring.workspace()
    #expect(try plain.cpnsim("run", "ring.yaml", "--quiet", "--out", "out").code == 0)
    for file in ["out/summary.csv", "out/flows.csv"] {
      #expect(try plain.text(of: file) == workspace.text(of: file))
    }
  }

  @Test func aMetricWithoutAValueDoesNotHold() throws {
    let workspace = try Ring.workspace()
    try workspace.write(
      Ring.scenario + "duration: 1 s\nexpect: [{metric: fct_mean, at_most: 1 s}]\n",
      to: "ring.yaml")
    let outcome = try workspace.cpnsim("run", "ring.yaml", "--quiet")
    #expect(outcome.code == 1)
    #expect(
      outcome.errors
        == "expected fct_mean at most 1 s, found no value: there was nothing to measure\n")
  }

  @Test(arguments: [
    ("{metric: fct_maxx, at_most: 2 s}", "no metric \"fct_maxx\"; did you mean \"fct_max\"?"),
    ("{metric: fct_max, at_most: 2 GB}", "expected fct_max at most 2 GB, but the metric is in s"),
    ("{metric: flows_finished, at_most: 2 s}", "but the metric has no unit"),
    ("{metric: fct_max}", "expect[0]: found none of at_most, at_least, expected exactly one"),
    ("{metric: fct_max, at_most: 2 sec}", "expect[0].at_most: found \"2 sec\", expected a number"),
    ("{metric: fct_max, at_most: few}", "expect[0].at_most: found \"few\", expected a number"),
    ("{metric: fct_max, at_most: 1, at_least: 0}", "found at_most and at_least"),
  ]) func mistakesAreClearErrors(expect: String, message: String) throws {
    let outcome = try run(expect).outcome
    #expect(outcome.code == 2 && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
