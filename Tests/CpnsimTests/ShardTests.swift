// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Parts of a study that are run by processes of their own.
@Suite struct ShardTests {
  @Test(arguments: [["1", "2", "3", "4"], ["4", "2", "1", "3"]])
  func partsInAnyOrderAreTheWhole(order: [String]) throws {
    let workspace = try StudySample.workspace()
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "whole", "--quiet").code == 0)
    for index in order {
      let part = try workspace.cpnsim(
        "sweep", "study.yaml", "--out", "parts", "--shard", "\(index)/4", "--quiet")
      #expect(part.code == 0 && part.output.isEmpty)
    }
    #expect(!workspace.names.contains("parts/results.csv"))
    let gathered = try workspace.cpnsim("sweep", "study.yaml", "--out", "parts", "--gather")
    #expect(gathered.code == 0 && gathered.errors == "12 of 12 runs done; wrote parts\n")
    for table in ["results.csv", "wide.csv", "summary.csv", "failures.csv", "datapackage.json"] {
      #expect(try workspace.text(of: "parts/\(table)") == workspace.text(of: "whole/\(table)"))
    }
  }

  @Test func tasksOfAnArrayTakeTheirShards() throws {
    let workspace = try StudySample.workspace()
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "whole", "--quiet").code == 0)
    let pods = try workspace.bash(
      """
      export CPNSIM_SHARDS=3
      for JOB_COMPLETION_INDEX in 2 0 1; do
        export JOB_COMPLETION_INDEX
        cpnsim sweep study.yaml --out pods --shard auto --quiet || exit
      done
      cpnsim sweep study.yaml --out pods --gather --quiet
      """)
    #expect(pods.code == 0 && pods.errors.isEmpty)
    #expect(try workspace.text(of: "pods/results.csv") == workspace.text(of: "whole/results.csv"))
    let none = try workspace.bash("cpnsim sweep study.yaml --out pods --shard auto")
    #expect(none.code == 2)
    #expect(none.errors.hasPrefix("error: --shard auto: found no task of an array; looked for"))
  }

  @Test func gatheringSaysWhatLacksAndRunsNothing() throws {
    let workspace = try StudySample.workspace()
    _ = try workspace.cpnsim("sweep", "study.yaml", "--out", "o", "--shard", "1/2", "--quiet")
    let gathered = try workspace.cpnsim("sweep", "study.yaml", "--out", "o", "--gather", "--quiet")
    #expect(gathered.code == 4)
    #expect(gathered.errors.hasPrefix("6 of 12 runs missing, 0 failed\n  size 100 MB: seeds 2,4\n"))
    let wide = try workspace.rows(of: "o/wide.csv")
    #expect(wide.filter { $0["status"] == "missing" }.count == 6)
    let nowhere = try workspace.cpnsim("sweep", "study.yaml", "--out", "new", "--gather")
    #expect(nowhere.code == 2 && nowhere.errors.contains("new has no study.json"))
    #expect(!workspace.names.contains("new"))
  }

  /// None is there before the others, and none waits for another.
  @Test func allPartsMayBeginAtOnce() throws {
    let workspace = try StudySample.workspace()
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "whole", "--quiet").code == 0)
    for round in 1...20 {
      let children = try (1...6).map { index in
        try workspace.start([
          "sweep", "study.yaml", "--out", "parts\(round)", "--shard", "\(index)/6", "--quiet",
        ])
      }
      for outcome in try children.map({ try workspace.outcome(of: $0) }) {
        #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      }
    }
    #expect(try workspace.cpnsim("sweep", "study.yaml", "--out", "parts20", "--gather").code == 0)
    #expect(
      try workspace.text(of: "parts20/results.csv") == workspace.text(of: "whole/results.csv"))
  }

  /// On a folder that is not there yet; the second may also come when the first is done.
  @Test func aShardTwiceAtTheSameInstantIsAnError() throws {
    let workspace = try StudySample.workspace()
    for round in 1...10 {
      let children = try (1...2).map { _ in
        try workspace.start(["sweep", "study.yaml", "--out", "o\(round)", "--shard", "1/2"])
      }
      let outcomes = try children.map { try workspace.outcome(of: $0) }
      #expect(outcomes.contains { $0.code == 0 })
      for outcome in outcomes where outcome.code != 0 {
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("error: another process is at these runs"))
      }
    }
  }

  /// The second process on one shard says so, and disturbs nothing.
  @Test func aShardTwiceAtOnceIsAnError() throws {
    let workspace = try StudySample.workspace("set: {duration: 2000000 s}")
    let first = try workspace.start([
      "sweep", "study.yaml", "--out", "o", "--shard", "2/2", "--jobs", "1", "--quiet",
    ])
    for _ in 0..<10_000 where !workspace.names.contains("o/records/2-of-2.records") { usleep(1000) }
    let second = try workspace.cpnsim(
      "sweep", "study.yaml", "--out", "o", "--shard", "2/2", "--quiet")
    #expect(second.code == 2)
    #expect(second.errors.hasPrefix("error: another process is at these runs"))
    kill(first.pid, SIGINT)
    #expect(try workspace.outcome(of: first).code == 130)
  }

  /// A scheduler says that time is nearly over: the run in hand is finished and kept.
  @Test(arguments: [SIGTERM, SIGUSR1])
  func anEarlySignalKeepsTheRunInHand(_ signal: Int32) throws {
    let workspace = try StudySample.workspace("set: {duration: 30000 s}")
    let child = try workspace.start([
      "sweep", "study.yaml", "--out", "o", "--jobs", "1", "--quiet",
    ])
    let records = "o/records/1-of-1.records"
    func done() -> Int {
      (try? workspace.text(of: records))?.split(separator: "\n").count { $0.hasPrefix("done") } ?? 0
    }
    for _ in 0..<10_000 where done() == 0 { usleep(500) }
    let before = done()
    kill(child.pid, signal)
    // Another one, as a shell that forwards it and a scheduler may send both, changes nothing.
    kill(child.pid, signal)
    let outcome = try workspace.outcome(of: child)
    #expect(outcome.code == 75)
    #expect(outcome.errors.hasPrefix("error: told to end early; \(done()) of 12 runs are done"))
    #expect(before..<12 ~= done())
  }

  @Test(arguments: [
    (["--shard", "1/2", "--gather"], "'--shard' and '--gather' exclude each other"),
    (["--engine", "slurm", "--dry-run"], "'--engine slurm' and '--dry-run' exclude each other"),
    (["--shards", "4"], "'--shards' goes with --engine slurm or kubernetes only"),
    (["--engine", "kubernetes", "--wait"], "'--wait' goes with --engine slurm only"),
    (["--engine", "slurm", "--shards", "0"], "'0' is no value for '--shards'"),
    (["--gather", "--fail-fast"], "'--fail-fast' goes with runs on this machine only"),
    (["--shard", "5/4"], "'5/4' is no value for '--shard'"),
    (["--engine", "pbs"], "expected one of: local, slurm, kubernetes"),
  ])
  func whatMakesNoSenseIsRefused(_ words: [String], _ expected: String) throws {
    let workspace = try StudySample.workspace()
    let outcome = try workspace.cpnsim(["sweep", "study.yaml", "--out", "o"] + words)
    #expect(outcome.code == 2 && outcome.errors.contains(expected), "\(outcome.errors)")
    #expect(workspace.names == ["queue.yaml", "study.yaml"])
  }
}
