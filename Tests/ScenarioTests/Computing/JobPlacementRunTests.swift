// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// Where jobs go, and how their data get there, as a user reads it.
@Suite struct JobPlacementRunTests {
  /// Two sites 100 km and 1,000 km from users, at 10 ms and 50 ms.
  private static func scenario(
    _ jobs: String, placement: String = "nearest", pools: String = "", registry: String = ""
  ) -> String {
    """
    scenario: p
    network:
      links:
        - {name: near, from: users, to: east, capacity: 10 Gbps, delay: 10 ms, two_way: true}
        - {name: far, from: users, to: west, capacity: 1 Gbps, delay: 50 ms, two_way: true}
    pools:
      \(registry)
      list:
        - {name: e, at: east, accelerator: H800, count: 4, level: 1, tariff: dear, pue: 1.2\(pools)}
        - {name: w, at: west, accelerator: A800, count: 8, level: 2, tariff: cheap, pue: 1.2\(pools)}
    energy:
      tariffs:
        - {name: dear, flat: 1 yuan/kWh, carbon: 0.4 kg/kWh}
        - {name: cheap, flat: 0.3 yuan/kWh, carbon: 0.8 kg/kWh}
    placement: \(placement)
    traffic:
    \(jobs)
    """
  }

  private static func four(_ more: String) -> String {
    "  - jobs: {accelerators: {fixed: 4}, arrivals: {deterministic: 1 /s}, count: 2, "
      + "run: {fixed: 1 h}, \(more)}"
  }

  /// A job that ends at the very instant leaves its place to one that comes, though it had asked for more.
  @Test(arguments: ["least-loaded", "nearest", "cheapest", "greenest", "joint"])
  func whatHasJustEndedIsNoMore(placement: String) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [n]}
      pools:
        list:
          - {name: p, at: n, accelerator: X, count: 1, power: {idle: 0 W, full: 1 kW}}
          - {name: q, at: n, accelerator: X, count: 1, power: {idle: 0 W, full: 1 kW}}
      placement: \(placement)
      traffic:
        - jobs:
            name: j
            list:
              - {job: early, run: 1 h, requested: 10 h}
              - {job: long, run: 5 h}
              - {job: late, submit: 1 h, run: 10 min}
      """)
    #expect(bench.start("late") == 3600)
    #expect(bench.text("late", "pool") == bench.text("early", "pool"))
  }

  /// Half an hour at 0.1 yuan, of an hour in which it is 1 yuan from then on: tariffs hold to the minute.
  @Test func aRateThatChangesWithinAnHourCountsFromThen() throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [n]}
      energy:
        tariffs:
          - {name: a, flat: 1.0 yuan/kWh, valley: 0.1 yuan/kWh, hours: {valley: ["00:00-00:30"]}}
          - {name: b, flat: 0.5 yuan/kWh}
      pools:
        list:
          - {name: p, at: n, accelerator: X, count: 1, power: {idle: 0 W, full: 1 kW}, tariff: a}
          - {name: q, at: n, accelerator: X, count: 1, power: {idle: 0 W, full: 1 kW}, tariff: b}
      placement: cheapest
      traffic: [{jobs: {name: j, list: [{job: one, run: 30 min}]}}]
      """)
    #expect(bench.text("one", "pool") == "p")
    #expect(bench.value("one", "energy_yuan") == 0.05)
  }

  /// The second finds the first pool full, as far as is known.
  @Test func nearestGoesOnWhereThereIsRoom() throws {
    let bench = try ComputingBench(Self.scenario(Self.four("from: users")))
    #expect(bench.jobs.map { $0["pool"] } == ["e", "w"])
    #expect(bench.jobs.map { $0["waiting_time"] } == ["0", "0"])
  }

  @Test func cheapestAndGreenestPart() throws {
    let cheap = try ComputingBench(Self.scenario(Self.four("from: users"), placement: "cheapest"))
    #expect(cheap.jobs.map { $0["pool"] } == ["w", "w"])
    let green = try ComputingBench(
      Self.scenario(Self.four("from: users"), placement: "greenest"))
    #expect(green.text("jobs-1", "pool") == "e")
    let near = try ComputingBench(
      Self.scenario(
        Self.four("from: users"),
        placement: "{policy: cheapest-within-latency, latency: 20 ms}"))
    #expect(near.text("jobs-1", "pool") == "e")
  }

  /// 1 GB over 10 Gbps and 10 ms is there after 0.81 s; 0.1 GB comes back in 0.09 s.
  @Test func dataMoveBeforeAndBehindAJob() throws {
    let bench = try ComputingBench(
      Self.scenario(
        """
          - jobs:
              list: [{job: j, accelerators: 4, run: 10 s}]
              input: {size: {fixed: 1 GB}, from: [users]}
              output: {size: {fixed: 100 MB}, to: users}
        """))
    #expect(bench.text("j", "pool") == "e")
    #expect(abs((bench.value("j", "data_ready_s") ?? 0) - 0.81) < 1e-9)
    #expect(abs((bench.start("j") ?? 0) - 0.81) < 1e-9)
    #expect(abs((bench.value("j", "finish_time") ?? 0) - 10.81) < 1e-9)
    #expect(abs((bench.value("j", "over_s") ?? 0) - 10.9) < 1e-9)
    #expect(bench.run.summary("bytes_delivered") == 1.1e9)
    #expect(bench.run.flows.map(\.name).sorted() == ["j/in", "j/out"])
  }

  /// Two inputs share the link: both are there after twice the time.
  @Test func inputsContend() throws {
    let bench = try ComputingBench(
      Self.scenario(
        """
          - jobs:
              list:
                - {job: j1, accelerators: 1, run: 10 s}
                - {job: j2, accelerators: 1, run: 10 s}
              input: {size: {fixed: 1 GB}, from: users}
              to: {pool: e}
        """))
    #expect(bench.jobs.map { $0["data_ready_s"] } == ["1.61", "1.61"])
  }

  @Test func typesHaveTheirSpeeds() throws {
    let bench = try ComputingBench(
      Self.scenario(
        Self.four("from: users, reference: H800, runs_on: {A800: 0.4}"), placement: "joint"))
    #expect(bench.jobs.map { $0["pool"] } == ["w", "w"])
    #expect(bench.jobs.map { $0["execution_time"] } == ["9000", "9000"])
    #expect(bench.jobs.map { $0["requested_time"] } == ["9000", "9000"])
  }

  @Test func noJobGoesBelowItsLevel() throws {
    let bench = try ComputingBench(
      Self.scenario(Self.four("from: users, tenant: {name: bank, level: 2}")))
    #expect(bench.jobs.map { $0["pool"] } == ["w", "w"])
    let none = try ComputingBench(
      Self.scenario(Self.four("from: users, tenant: {name: state, level: 3}")))
    #expect(none.jobs.map { $0["final_state"] } == ["REJECTED", "REJECTED"])
    #expect(none.jobs.map { $0["reason"] } == ["level", "level"])
    #expect(none.run.summary("jobs_refused") == 2)
  }

  @Test func latencyAndSizeBoundWhereAJobMayRun() throws {
    let late = try ComputingBench(Self.scenario(Self.four("from: users, latency: 20 ms")))
    #expect(late.jobs.map { $0["pool"] } == ["e", "e"])
    #expect(late.value("jobs-2", "starting_time") == 3600)
    let none = try ComputingBench(Self.scenario(Self.four("from: users, latency: 1 ms")))
    #expect(none.jobs.map { $0["reason"] } == ["latency", "latency"])
    let large = try ComputingBench(
      Self.scenario("  - jobs: {list: [{job: j, accelerators: 9, run: 1 h}]}"))
    #expect(large.text("j", "reason") == "too-large")
  }

  /// A pool that has not joined takes its owner's jobs, and those that name it.
  @Test func poolsThatHaveNotJoinedAreTheirOwners() throws {
    let alone = ", owner: acme, joined: false"
    let other = try ComputingBench(Self.scenario(Self.four("from: users"), pools: alone))
    #expect(other.run.summary("jobs_refused") == 2)
    let own = try ComputingBench(
      Self.scenario(Self.four("from: users, tenant: acme"), pools: alone))
    #expect(own.jobs.map { $0["pool"] } == ["e", "w"])
    let named = try ComputingBench(Self.scenario(Self.four("to: {pool: e}"), pools: alone))
    #expect(named.jobs.map { $0["pool"] } == ["e", "e"])
  }

  /// A job of a second comes every ten and fills the near pool; the registry is told of that once a
  /// minute, so that the policy goes by what was.
  @Test func oldNewsMakesStaleDecisions() throws {
    let jobs = """
        - jobs: {name: long, accelerators: {fixed: 4}, arrivals: {deterministic: 1 /s}, count: 1, start: 59 s, run: {fixed: 30 s}, to: {pool: e}}
        - jobs: {name: short, accelerators: {fixed: 4}, arrivals: {deterministic: 0.1 /s}, count: 12, run: {fixed: 1 s}, from: users}
      """
    let fresh = try ComputingBench(Self.scenario(jobs))
    #expect(fresh.run.summary("placements_stale") == 0)
    #expect(fresh.run.summary("placements") == 12)
    let stale = try ComputingBench(
      Self.scenario(jobs, registry: "registry: {at: users, refresh: 1 min}"))
    // From each report on the policy counts its own job as there, and so finds the near pool full.
    #expect(stale.run.summary("placements_stale") > 3)
    #expect(
      stale.jobs.filter { $0["pool"] == "w" }.count > fresh.jobs.filter { $0["pool"] == "w" }.count)
  }

  /// What is asked for runs out before the work is done.
  @Test func timeRunsOut() throws {
    let bench = try ComputingBench(
      Self.scenario(
        """
          - jobs:
              list:
                - {job: cut, accelerators: 1, run: 2 h, requested: 1 h}
                - {job: exact, accelerators: 1, run: 1 h, requested: 1 h}
        """))
    #expect(bench.text("cut", "final_state") == "COMPLETED_WALLTIME_REACHED")
    #expect(bench.value("cut", "success") == 0)
    #expect(bench.value("cut", "execution_time") == 3600)
    #expect(bench.text("exact", "final_state") == "COMPLETED_SUCCESSFULLY")
  }

  /// Power is dear until one in the night: what has time waits for it, what has none does not.
  @Test func workWaitsForCheapPower() throws {
    func start(_ deadline: String) throws -> Double? {
      try ComputingBench(
        """
        scenario: wait
        network: {nodes: [a]}
        pools: {list: [{name: p, at: a, accelerator: x, count: 1, power: {idle: 0 W, full: 1 kW}, tariff: t}]}
        energy: {tariffs: [{name: t, flat: 1 yuan/kWh, valley: 0.2 yuan/kWh, hours: {valley: ["1-6"]}}]}
        placement: east-data-west-computing
        traffic: [{jobs: {list: [{job: j, submit: 10 min, accelerators: 1, run: 1 h\(deadline)}]}}]
        """
      ).start("j")
    }
    #expect(try start(", deadline: 6 h") == 3600)
    #expect(try start(", deadline: 90 min") == 600)
    #expect(try start("") == 600)
  }

  /// What jobs hold that share a pool is more than there is, and counts whole: the same jobs go the
  /// same ways whenever they come.
  @Test(arguments: ["joint", "least-loaded"])
  func theHourOfTheRunChangesNoPlacement(policy: String) throws {
    func placed(from start: Int) throws -> [String: [Double?]] {
      let jobs = (0..<6).map { "{job: j\($0), submit: \(start + $0) s, run: 100 s}" }
      let bench = try ComputingBench(
        """
        scenario: s
        outputs: [summary, jobs]
        network: {nodes: [a]}
        pools:
          list:
            - {name: s, at: a, accelerator: cpu, count: 1, queue: processor-sharing}
            - {name: f, at: a, accelerator: cpu, count: 1}
        placement: \(policy)
        traffic: [{jobs: {name: j, list: [\(jobs.joined(separator: ", "))]}}]
        """)
      return Dictionary(
        uniqueKeysWithValues: (0..<6).map { number in
          let end = bench.value("j\(number)", "finish_time").map { $0 - Double(start) }
          return (
            "j\(number)", [end, bench.text("j\(number)", "pool") == "s" ? 1 : 0]
          )
        })
    }
    #expect(try placed(from: 0) == placed(from: 100_000))
  }

  @Test func unfinishedJobsAreWrittenToo() throws {
    let bench = try ComputingBench(
      Self.scenario(
        """
          - jobs:
              list:
                - {job: runs, accelerators: 4, run: 2 h}
                - {job: waits, accelerators: 4, run: 1 h}
              to: {pool: e}
        """), settings: ["duration=1 h"])
    #expect(bench.jobs.map { $0["final_state"] } == ["RUNNING", "WAITING"])
    #expect(bench.run.summary("jobs_unfinished") == 2)
    #expect(bench.start("waits") == nil)
  }
}
