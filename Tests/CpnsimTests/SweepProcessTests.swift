// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Whatever ends a sweep, the same command goes on, and the tables are those of one left in peace.
@Suite struct SweepProcessTests {
  private let workspace: Workspace

  private static let scenario = """
    scenario: tiny
    duration: 1 s
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
    traffic:
      - generate: {name: g, from: a, to: b, arrivals: {poisson: 20 /s}, sizes: {exponential: 1 MB}}

    """

  private static let study = """
    study: rates
    scenario: tiny.yaml
    seeds: 30
    axes:
      - {name: rate, path: 'traffic[0].generate.arrivals.poisson', values: [10 /s, 20 /s, 40 /s]}
    metrics: [flows_started, fct_mean]

    """

  private static let tables = ["results.csv", "wide.csv", "summary.csv", "failures.csv"]

  init() throws {
    workspace = try Workspace()
    try workspace.write(Self.scenario, to: "tiny.yaml")
    try workspace.write(Self.study, to: "study.yaml")
  }

  private func expectSameTables(_ one: String, _ other: String) throws {
    for table in Self.tables {
      #expect(try workspace.text(of: "\(one)/\(table)") == workspace.text(of: "\(other)/\(table)"))
    }
  }

  /// Killed while it plans, and again and again while it runs: as its records grow.
  @Test func aSweepThatIsKilledGoesOn() throws {
    try workspace.write(Self.study.replacing("seeds: 30", with: "seeds: 100"), to: "study.yaml")
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "peace").code == 0)
    var kills = 0
    for bytes in [0, 1000, 3000, 10_000, 20_000, 40_000, 60_000] {
      let child = try workspace.start(["sweep", "study.yaml", "--out", "out", "--jobs", "1"])
      // No longer than a minute, should it have ended before.
      for _ in 0..<120_000 where recordedBytes < bytes { usleep(500) }
      kill(child.pid, SIGKILL)
      if try workspace.outcome(of: child).code == 128 + SIGKILL { kills += 1 }
    }
    #expect(kills > 0)
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "out").code == 0)
    try expectSameTables("peace", "out")
    #expect(!workspace.names.contains { $0.hasSuffix(".new") })
  }

  /// Killed as soon as each thing is in the folder, on the way to the first run.
  @Test func aSweepThatIsKilledAsItBeginsGoesOn() throws {
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "peace").code == 0)
    var kills = 0
    for (place, name) in ["", "/study.json", "/plan.txt", "/records"].enumerated() {
      let out = "out\(place)"
      let child = try workspace.start(["sweep", "study.yaml", "--out", out, "--jobs", "1"])
      var status = stat()
      let began = ContinuousClock.now
      while stat("\(workspace.path)/\(out)\(name)", &status) != 0 {
        guard ContinuousClock.now - began < .seconds(60) else { break }
      }
      kill(child.pid, SIGKILL)
      if try workspace.outcome(of: child).code == 128 + SIGKILL { kills += 1 }
      #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", out).code == 0)
      try expectSameTables("peace", out)
    }
    #expect(kills > 0)
    #expect(!workspace.names.contains { $0.contains(".partial-") })
  }

  /// The length of the records so far.
  private var recordedBytes: Int {
    var status = stat()
    guard stat("\(workspace.path)/out/records/1-of-1.records", &status) == 0 else { return 0 }
    return Int(status.st_size)
  }

  @Test func anInterruptedSweepSaysWhatIsKept() throws {
    try workspace.write(
      Self.study.replacing("seeds: 30", with: "seeds: 3000"), to: "study.yaml")
    let child = try workspace.start(["sweep", "study.yaml", "--out", "out"])
    // No longer than a minute, should it have ended before.
    for _ in 0..<30_000 where recordedBytes < 2000 { usleep(2000) }
    kill(child.pid, SIGINT)
    let outcome = try workspace.outcome(of: child)
    #expect(outcome.code == 130)
    #expect(outcome.errors.contains("the same command goes on"))
    let status = try workspace.cpnsim("sweep", "status", "out", "--format", "csv")
    let fields = status.output.split(separator: "\n")[1].split(separator: ",")
    #expect(fields[0] == "rates" && fields[4] == "9000")
    #expect(try #require(Int(fields[1])) > 0)
  }

  /// A limit on the size of files is to the program what a full disk is.
  @Test func aFullDiskLosesNothing() throws {
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "peace").code == 0)
    let full = try workspace.bash("ulimit -f 8; cpnsim sweep study.yaml --out out")
    #expect(full.code == 2)
    #expect(full.errors.contains("records/1-of-1.records: "))
    // Room for the records, and not for the tables.
    let more = try workspace.bash("ulimit -f 40; cpnsim sweep study.yaml --out out")
    #expect(more.code == 2 && more.errors.contains("results.csv"), "\(more.errors)")
    #expect(!workspace.names.contains { $0.hasSuffix(".new") })
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "out").code == 0)
    try expectSameTables("peace", "out")
  }

  /// So full that not even the first file has room.
  @Test func aDiskThatIsFullFromTheStartIsToldSo() throws {
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "peace").code == 0)
    let full = try workspace.bash(
      "(ulimit -f 0; cpnsim sweep study.yaml --out out) 2>&1 | cat; exit ${PIPESTATUS[0]}")
    #expect(full.code == 2)
    #expect(full.output.contains("out/study.json: the file grew past the limit"), "\(full)")
    #expect(workspace.names.filter { $0.hasPrefix("out/") } == [])
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "out").code == 0)
    try expectSameTables("peace", "out")
  }

  @Test func runsThatFailMakeTheExitCodeFour() throws {
    try workspace.write("flow,start_s,source,target,bytes\nf,x,a,b,1\n", to: "bad.csv")
    try workspace.write(
      Self.study.replacing(
        "scenario: tiny.yaml", with: "scenarios: {good: tiny.yaml, bad: bad.yaml}"
      )
      .replacing("axes:", with: "axes: []\n#").split(separator: "\n")
      .filter { !$0.hasPrefix("  -") }.joined(separator: "\n"), to: "study.yaml")
    try workspace.write(
      """
      scenario: bad
      duration: 1 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic: [{trace: bad.csv}]
      """, to: "bad.yaml")
    let outcome = try workspace.cpnsim("sweep", "study.yaml", "--out", "out")
    #expect(outcome.code == 4)
    #expect(outcome.errors.contains("30 of 60 runs done, 30 failed"))
    #expect(outcome.errors.contains("warning: 1 variant without all runs"))
    #expect(try workspace.text(of: "out/failures.csv").contains("bad.csv:2"))
  }

  /// Where a rule ends variants, what is not run is not missing.
  @Test(arguments: [(20, "0"), (50, "at most 60")])
  func aRuleThatEndsEarlyLacksNothing(most: Int, left: String) throws {
    try workspace.write(
      """
      study: narrow
      scenario: tiny.yaml
      until: {metric: flows_started, relative: 20 %, at_most: \(most)}
      axes: [{name: rate, path: 'traffic[0].generate.arrivals.poisson', values: [40 /s, 80 /s]}]
      metrics: [flows_started]

      """, to: "study.yaml")
    let outcome = try workspace.cpnsim("sweep", "study.yaml", "--out", "out")
    #expect(outcome.code == 0 && outcome.errors == "40 runs done; wrote out\n")
    let status = try workspace.cpnsim("sweep", "status", "out", "--format", "csv")
    let fields = status.output.split(separator: "\n")[1].split(separator: ",")
    #expect(fields[1] == "40" && fields[3] == left)
  }

  @Test func columnsOfSharesHaveWholeNames() throws {
    try workspace.write(
      """
      study: shares
      scenario: tiny.yaml
      sample: {method: saltelli, count: 4}
      axes:
        - {name: rate, path: 'traffic[0].generate.arrivals.poisson', between: [10 /s, 40 /s]}
        - {name: size, path: 'traffic[0].generate.sizes.exponential', between: [1 MB, 2 MB]}
      metrics: [fct_mean]

      """, to: "study.yaml")
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "out", "--quiet").code == 0)
    let outcome = try workspace.cpnsim(
      "sensitivity", "study.yaml", "--out", "out", "--metric", "fct_mean", "--format", "csv")
    let header = outcome.output.split(separator: "\n").first
    #expect(header == "axis,alone,alone_half_width,in_all,in_all_half_width", "\(outcome.errors)")
  }

  @Test func aDryRunWritesNothing() throws {
    let outcome = try workspace.cpnsim("sweep", "study.yaml", "--dry-run", "--format", "csv")
    #expect(outcome.code == 0)
    #expect(
      outcome.output == """
        variant,scenario,rate,seeds
        1,tiny,10 /s,30
        2,tiny,20 /s,30
        3,tiny,40 /s,30

        """)
    #expect(outcome.errors.contains("90 runs; the first took"))
    #expect(workspace.names == ["study.yaml", "tiny.yaml"])
  }

  /// It does the first run, and so knows its metrics.
  @Test func aDryRunFindsASlipInAMetric() throws {
    try workspace.write(Self.study.replacing("fct_mean", with: "fct_mena"), to: "study.yaml")
    let outcome = try workspace.cpnsim("sweep", "study.yaml", "--dry-run")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("study.yaml: metrics: unknown metric \"fct_mena\""))
    #expect(outcome.errors.contains("did you mean \"fct_mean\""))
  }

  @Test func aPipeCantBeReadManyTimes() throws {
    #expect(mkfifo(workspace.path + "/pipe", 0o600) == 0)
    try workspace.write(
      """
      scenario: tiny
      duration: 1 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic: [{trace: {file: pipe, format: flows}}]
      """, to: "tiny.yaml")
    try workspace.write("{study: s, scenario: tiny.yaml, seeds: 3}", to: "study.yaml")
    let outcome = try workspace.cpnsim("sweep", "study.yaml", "--out", "out")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("pipe is no regular file"))
  }

  @Test(arguments: [
    (["sweep", "study.yaml"], "--out"), (["sweep", "study.yaml", "more", "--out", "o"], "more"),
    (["sweep", "status", "none"], "no study.json"),
    (["sweep", "study.yaml", "--out", "o", "--jobs", "0"], "--jobs"),
    (["sweep", "study.yaml", "--out", "o", "--shard", "3/2"], "--shard"),
  ])
  func wrongWordsAreToldSo(words: [String], part: String) throws {
    let outcome = try workspace.cpnsim(words)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(part), "\(outcome.errors)")
  }
}
