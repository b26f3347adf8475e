// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `cpnsim compare`, run as users do.
@Suite struct CompareTests {
  /// A wire with flows by chance, for 10 s.
  private static let wire = """
    scenario: wire
    duration: 10 s
    network: {links: [{name: wire, from: a, to: b, capacity: 10 Gbps}]}
    traffic:
      - generate:
          name: copies
          arrivals: {poisson: {load: 8 Gbps}}
          sizes: {fixed: 100 MB}
          pairs: [{from: a, to: b}]

    """
  private static let wider = "network.links[wire].capacity=20 Gbps"

  /// The metrics of the only variant of the first comparison.
  private func metrics(_ outcome: Outcome) throws -> [String: [String: Any]] {
    let comparison = try comparison(outcome)
    let variant = try #require((comparison["variants"] as? [[String: Any]])?.first)
    let metrics = try #require(variant["metrics"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: metrics.map { ($0["metric"] as? String ?? "", $0) })
  }

  private func comparison(_ outcome: Outcome) throws -> [String: Any] {
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require((try outcome.object()["comparisons"] as? [[String: Any]])?.first)
  }

  private func near(_ value: Any?, _ expected: Double) throws {
    let value = try #require(value as? Double)
    #expect(abs(value - expected) < 1e-9 * max(1, abs(expected)), "\(value) is not \(expected)")
  }

  /// A mistake is told of the option that it stands in.
  @Test(arguments: [
    ("--set", "nope=3", "--set nope: unknown key"),
    ("--set-b", "nope=3", "--set-b nope: unknown key"),
    ("--set-b", "duration=3 km", "--set-b duration: found \"3 km\""),
  ])
  func mistakesAreToldOfTheirOption(option: String, setting: String, message: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.wire, to: "wire.yaml")
    let sides = option == "--set" ? ["wire.yaml", "wire.yaml"] : ["wire.yaml"]
    let outcome = try workspace.cpnsim(["compare"] + sides + [option, setting])
    #expect(outcome.code == 2 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func aScenarioIsComparedWithItselfChanged() throws {
    let workspace = try Workspace()
    try workspace.write(Self.wire, to: "wire.yaml")
    let outcome = try workspace.cpnsim(
      "compare", "wire.yaml", "--set-b", Self.wider, "--seeds", "8", "--format", "json")
    let metrics = try metrics(outcome)
    let time = try #require(metrics["fct_mean"])
    #expect(time["n"] as? Int == 8)
    #expect(time["verdict"] as? String == "better" && time["better"] as? String == "lower")
    #expect(metrics["link_utilisation_mean"]?["verdict"] as? String == "lower")
    #expect(metrics["flows_started"]?["verdict"] as? String == "equal")
    // What is compared is what `run` says of each seed.
    let values = try (1...8).map { seed in
      let run = try workspace.cpnsim("run", "wire.yaml", "--set", "seed=\(seed)", "--format", "csv")
      let line = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("fct_mean,") })
      return try #require(Double(line.split(separator: ",")[1]))
    }
    try near(time["mean_a"], values.reduce(0, +) / 8)
    let moved = try #require(try comparison(outcome)["moved"] as? [[String: Any]])
    #expect(moved.map { $0["kind"] as? String } == ["flow", "link"])
    let link = try #require((moved[1]["most"] as? [[String: Any]])?.first)
    #expect(link["name"] as? String == "wire")
    // Nothing is left of the runs that said which flows moved.
    #expect(workspace.names == ["wire.yaml"])
  }

  /// Jobs on pools are named as they are for folders of the same runs.
  @Test func jobsOnPoolsThatMovedAreNamed() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: queue
      duration: 100 h
      network: {links: [{name: wire, from: a, to: b, capacity: 10 Gbps}]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 8}]}
      traffic:
        - jobs:
            name: work
            arrivals: {poisson: 1 /h}
            accelerators: {fixed: 8}
            run: {exponential: 40 min}
      outputs: [summary, jobs]

      """, to: "queue.yaml")
    let change = "pools.list[p].count=16"
    let outcome = try workspace.cpnsim(
      "compare", "queue.yaml", "--set-b", change, "--seeds", "3", "--format", "json")
    let moved = try #require(try comparison(outcome)["moved"] as? [[String: Any]])
    let jobs = try #require(moved.first { $0["kind"] as? String == "job" })
    #expect(jobs["of"] as? String == "seed 1" && jobs["measure"] as? String == "completion time")
    for (folder, words) in [("a", []), ("b", ["--set", change])] {
      let run = ["run", "queue.yaml", "--out", folder, "--quiet", "--set", "seed=1"] + words
      #expect(try workspace.cpnsim(run).code == 0)
    }
    let folders = try workspace.cpnsim("compare", "a", "b", "--format", "json")
    let all = try #require(try comparison(folders)["moved"] as? [[String: Any]])
    let same = try #require(all.first { $0["kind"] as? String == "job" })
    func names(_ moves: [String: Any]) -> [String?] {
      (moves["most"] as? [[String: Any]] ?? []).map { $0["name"] as? String }
    }
    #expect(names(jobs).count == 5 && names(jobs) == names(same))
  }

  @Test func aScenarioIsIdenticalToItself() throws {
    let workspace = try Workspace()
    try workspace.write(Self.wire, to: "wire.yaml")
    let outcome = try workspace.cpnsim("compare", "wire.yaml", "wire.yaml", "--seeds", "3")
    #expect(outcome.code == 0)
    #expect(
      outcome.output.hasSuffix(
        "B against A, 3 pairs of runs: identical: all runs have equal digests\n"))
  }

  @Test func foldersOfRunsShowDifferencesAndFlows() throws {
    let workspace = try Ring.workspace()
    #expect(try workspace.cpnsim("run", "ring.yaml", "--out", "a").code == 0)
    let change = "network.links[l1].capacity=200 Gbps"
    #expect(try workspace.cpnsim("run", "ring.yaml", "--out", "b", "--set", change).code == 0)
    let outcome = try workspace.cpnsim("compare", "a", "b", "--format", "json")
    // 800 Gbit at 200 Gbit/s instead of 2.5 s; the others then have 300 Gbit/s each.
    let moved = try #require(try comparison(outcome)["moved"] as? [[String: Any]])
    let rows = try #require(moved[0]["most"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["1", "2", "3"])
    try near(rows[0]["difference"], 1.5)
    try near(rows[1]["b"], 8.0 / 3)
    #expect(try metrics(outcome)["fct_mean"]?["verdict"] as? String == "untested")
  }

  @Test func studiesAreComparedVariantByVariant() throws {
    let workspace = try Workspace()
    try workspace.write(Self.wire, to: "wire.yaml")
    for (name, change) in [("a", ""), ("b", "set: {'network.links[wire].delay': 50 ms}\n")] {
      try workspace.write(
        """
        study: \(name)
        scenario: wire.yaml
        seeds: 8
        \(change)axes:
          - {name: load, path: 'traffic[0].generate.arrivals.poisson.load', values: [4 Gbps, 8 Gbps]}
        """, to: "\(name).yaml")
      let sweep = try workspace.cpnsim("sweep", "\(name).yaml", "--out", name, "--quiet")
      #expect(sweep.code == 0, "\(sweep.errors)")
    }
    let outcome = try workspace.cpnsim(
      "compare", "a", "b", "--metric", "fct_mean", "--format", "csv")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows.count == 3)
    #expect(rows.dropFirst().map { $0[2] } == ["4 Gbps", "8 Gbps"])
    #expect(rows.dropFirst().allSatisfy { $0.contains("worse") })
    let mixed = try workspace.cpnsim("compare", "a", "wire.yaml")
    #expect(mixed.code == 2 && mixed.errors.contains("expected all of one kind"))
  }

  /// What compare shows as p, interval and effect are Student's, as scipy 1.17.1 has them.
  @Test(arguments: PairedTruth.all) func theTestThatIsShownIsStudents(_ truth: PairedTruth) throws {
    let workspace = try Workspace()
    for (name, values) in [("a", truth.y), ("b", truth.x)] {
      _ = try workspace.bash("mkdir \(name)")
      try workspace.write(
        """
        {"format": 1, "study": "s", "file": "s.yaml", "version": "0", "cells": 1,
         "seeds": \(values.count), "seeds_are_fixed": true}
        """, to: "\(name)/study.json")
      try workspace.write(#"{"resources": []}"#, to: "\(name)/datapackage.json")
      let rows = values.enumerated().map { "\($0 + 1),s,\($0 + 1),done,\(name)\($0),\($1)\n" }
      try workspace.write(
        "run,scenario,seed,status,digest,cost\n" + rows.joined(), to: "\(name)/wide.csv")
    }
    let metric = try #require(
      metrics(workspace.cpnsim("compare", "a", "b", "--format", "json"))["cost"])
    try near(metric["difference"], truth.mean)
    try near(metric["p"], truth.p)
    try near(metric["low"], truth.low)
    try near(metric["high"], truth.high)
    try near(metric["effect"], truth.effect)
    // What decides is no surer than that.
    #expect(try #require(metric["p_skewed"] as? Double) > truth.p * 0.999_999)
    let table = try workspace.cpnsim("compare", "a", "b")
    #expect(table.output.contains("p  exact p  95 % from"))
    let csv = try workspace.cpnsim("compare", "a", "b", "--format", "csv")
    #expect(csv.output.contains(",low,high,p,p_exact,low_skewed,high_skewed,p_skewed,p_adjusted,"))
  }

  @Test func twoPairsHaveNoEffect() throws {
    let workspace = try Workspace()
    try workspace.write(Self.wire, to: "wire.yaml")
    let outcome = try workspace.cpnsim(
      "compare", "wire.yaml", "--set-b", Self.wider, "--seeds", "2", "--format", "json")
    let time = try #require(try metrics(outcome)["fct_mean"])
    #expect(time["n"] as? Int == 2 && time["effect"] is NSNull && time["p"] is Double)
  }

  /// Where both studies keep the folders of their runs, what moved is named in one of them.
  @Test(arguments: ["runs", "metrics"])
  func studiesThatKeepRunsNameWhatMoved(kept: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.wire, to: "wire.yaml")
    for (name, capacity) in [("a", "10 Gbps"), ("b", "20 Gbps")] {
      try workspace.write(
        """
        study: \(name)
        scenario: wire.yaml
        seeds: 3
        keep: \(kept)
        set: {'network.links[wire].capacity': \(capacity)}
        axes:
          - {name: load, path: 'traffic[0].generate.arrivals.poisson.load', values: [4 Gbps, 8 Gbps]}
        """, to: "\(name).yaml")
      let sweep = try workspace.cpnsim("sweep", "\(name).yaml", "--out", name, "--quiet")
      try #require(sweep.code == 0, "\(sweep.errors)")
    }
    let outcome = try workspace.cpnsim("compare", "a", "b", "--format", "json")
    let moved = try #require(try comparison(outcome)["moved"] as? [[String: Any]])
    guard kept == "runs" else { return #expect(moved.isEmpty) }
    #expect(moved.map { $0["kind"] as? String } == ["flow", "link"])
    let place = try #require(moved[1]["of"] as? String)
    #expect(place.hasPrefix("load ") && place.contains(" Gbps, seed "))
    let link = try #require((moved[1]["most"] as? [[String: Any]])?.first)
    #expect(link["name"] as? String == "wire")
    let (a, b) = (try #require(link["a"] as? Double), try #require(link["b"] as? Double))
    #expect(b < a && a > 0.2)
  }

  /// docs/compare.md: the scenario, the command and its output go together.
  @Test func theExampleOfTheManualIsReal() throws {
    let page = try String(
      contentsOf: ScenarioGoldenTests.root.appending(path: "docs/compare.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "\n```")
    let scenario = try #require(blocks.first { $0.hasPrefix("yaml\n") }).dropFirst(5) + "\n"
    let output = try #require(blocks.first { $0.hasPrefix("\nA  ") }).dropFirst()
    let command = try #require(
      page.split(separator: "\n").first { $0.hasPrefix("`cpnsim compare wire") })
    let workspace = try Workspace()
    try workspace.write(String(scenario), to: "wire.yaml")
    let outcome = try workspace.bash(command.trimmingCharacters(in: ["`"]))
    #expect(outcome.code == 0 && outcome.output == output + "\n", "\(outcome.output)")
  }

  @Test(arguments: [
    (["a.yaml"], "nothing to compare a.yaml with: expected another, or --set-b PATH=VALUE"),
    (["a.yaml", "--set-b", "seed=3"], "--set-b seed=3: both sides run with the same seeds"),
    (["a.yaml", "nix.yaml"], "no such file"),
    (["a.yaml", "a.yaml", "--seeds", "0"], "from 1 to"),
    (["a.yaml", "a.yaml", "--tolerance", "1"], "expected a share such as '1 %'"),
    (["a.yaml", "a.yaml", "--better", "fct_mean=up"], "--better"),
    (["a.yaml", "a.yaml", "--seeds", "2", "--metric", "fct_meen"], "did you mean"),
  ])
  func mistakesAreNamed(words: [String], message: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.wire, to: "a.yaml")
    let outcome = try workspace.cpnsim(["compare"] + words)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
