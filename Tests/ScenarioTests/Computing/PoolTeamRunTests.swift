// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Simulator
import TestSupport
import Testing

/// Training jobs over several pools: their parts begin, stop and end together.
@Suite struct PoolTeamRunTests {
  private static let plan = """
            model: {parameters: 7e9, layers: 32, hidden: 4096, sequence: 4096}
            plan: {data: 8, tensor: 8, batch: 64, overlap: 50 %}
    """

  private static func network(_ pools: String = "") -> String {
    """
    scenario: team
    duration: 2 d
    network:
      links:
        - {name: long, from: east, to: west, capacity: 800 Gbps, delay: 10 ms, two_way: true}
      fabrics:
        - {name: a, hosts: 8, nic: 200 Gbps, accelerator: H800, exit: {node: east, convergence: 16}}
        - {name: b, hosts: 8, nic: 200 Gbps, accelerator: A800, exit: {node: west, rate: 400 Gbps}}
    classes: [{name: moves, on_failure: move}]

    """ + pools
  }

  private static func pools(_ more: String = "") -> String {
    """
    pools:
      list:
        - {name: e, at: east, accelerator: H800, count: 64, fabric: a, queue: conservative}
        - name: w
          at: west
          accelerator: A800
          count: 64
          fabric: b
          queue: conservative
          power: {idle: 100 W, full: 500 W}
    outputs: [jobs, pools, energy]
    \(more)

    """
  }

  private static func big(
    _ terms: String = "submit: 10 s", iterations: Int = 100, more: String = ""
  ) -> String {
    """
      - jobs:
          name: llm
          list: [{job: big, \(terms)}]
          training:
    \(plan)
            iterations: \(iterations)
            over: [{pool: e, accelerators: 32}, {pool: w, accelerators: 32}]
    \(more)
        class: moves

    """
  }

  /// What an iteration takes the same job of `training` over the same hosts.
  private func iteration() throws -> Double {
    let text =
      Self.network() + """
        traffic:
          - training:
              name: big
              sites: [{fabric: a, hosts: 4}, {fabric: b, hosts: 4}]
        \(Self.plan.replacing("        ", with: "      "))
            class: moves
        """
    let folder = try ScratchFolder()
    let path = try folder.write(text, to: "s.yaml")
    let run = try CompletedRun(try ScenarioFile.load(path: path).model)
    return run.outcome.jobs.first?.iterationSeconds ?? .nan
  }

  /// The first pool has room at 100 s, the second at 200 s, and behind that the first again at 300 s.
  @Test func allPoolsHaveRoomWhenItBegins() throws {
    let bench = try ComputingBench(
      Self.network(Self.pools()) + """
        traffic:
          - jobs:
              name: first
              list:
                - {job: x, accelerators: 40, run: 100 s}
                - {job: y, accelerators: 40, run: 200 s}
              to: {pool: e}
          - jobs: {name: second, list: [{job: z, accelerators: 60, run: 150 s, submit: 50 s}], to: {pool: w}}

        """ + Self.big())
    let time = 100 * (try iteration())
    for member in ["big/e", "big/w"] {
      #expect(bench.start(member) == 300)
      #expect(abs((bench.value(member, "finish_time") ?? 0) - 300 - time) < 1e-6)
      #expect(bench.value(member, "requested_number_of_resources") == 32)
    }
    #expect(bench.text("big/e", "pool") == "e" && bench.text("big/w", "pool") == "w")
    #expect(bench.run.summary("jobs_completed") == 5)
  }

  /// Accelerators of both, over and over: parts always begin and end together, and no pool is overfull.
  @Test(arguments: 0..<6) func partsAlwaysGoTogether(seed: Int) throws {
    let bench = try ComputingBench(
      Self.network(Self.pools("events: [{at: 1 h, fail_pool: w, for: 20 min}]"))
        + """
        traffic:
          - jobs:
              name: small
              arrivals: {poisson: 0.01 /s}
              accelerators: {exponential: 12}
              run: {exponential: 5 min}
              requested: {factor: 2}
              stop: 3 h
          - jobs:
              name: llm
              arrivals: {poisson: 0.001 /s}
              stop: 3 h
              training:
        \(Self.plan)
                iterations: 300
                over: [{pool: e, accelerators: 32}, {pool: w, accelerators: 32}]
              checkpoint: {every: 1 min, takes: 1 s, restart: 5 s}
            class: moves

        """, settings: ["seed=\(seed)"])
    let parts = bench.jobs.filter { $0["workload_name"] == "llm" }
    #expect(parts.count > 6 && parts.count.isMultiple(of: 2))
    for part in parts {
      let id = part["job_id"] ?? ""
      let other = id.dropLast() + (id.hasSuffix("e") ? "w" : "e")
      for column in ["starting_time", "finish_time", "restarts", "lost_s", "final_state"] {
        #expect(part[column] == bench.text(String(other), column), "\(id): \(column)")
      }
    }
    #expect(parts.contains { $0["final_state"] == "COMPLETED_SUCCESSFULLY" })
    for pool in ["e", "w"] {
      let held = bench.jobs.filter { $0["pool"] == pool && $0["restarts"] == "0" }.flatMap {
        job -> [(at: Double, change: Double)] in
        guard let from = bench.start(job["job_id"] ?? "") else { return [] }
        let count = Double(job["requested_number_of_resources"] ?? "") ?? .nan
        let to = bench.value(job["job_id"] ?? "", "finish_time") ?? 172_800
        return [(from, count), (to, -count)]
      }.sorted { ($0.at, $0.change) < ($1.at, $1.change) }
      var busy = 0.0
      for step in held {
        busy += step.change
        #expect(busy <= 64)
      }
    }
  }

  /// A pool that fails takes the other part down with it, and both go on from the same checkpoint.
  @Test func aFailureOfOnePoolStopsAll() throws {
    let outage = "events: [{at: 1 min, fail_pool: w, for: 4 min}]"
    let bench = try ComputingBench(
      Self.network(Self.pools(outage)) + "traffic:\n"
        + Self.big("submit: 0 s", more: "      checkpoint: {every: 25 s, takes: 1 s, restart: 7 s}")
    )
    // Within 60 s are two checkpoints of 25 s of work; what is left has one or two more.
    let left = 100 * (try iteration()) - 50
    let end = 300 + 7 + left + (left / 25).rounded(.up) - 1
    for member in ["big/e", "big/w"] {
      #expect(bench.value(member, "restarts") == 1)
      #expect(abs((bench.value(member, "lost_s") ?? 0) - 10) < 1e-6)
      #expect(abs((bench.value(member, "finish_time") ?? 0) - end) < 1e-6)
    }
  }

  /// At half speed for a while, the one pool has the other wait.
  @Test func theSlowestPoolSetsThePace() throws {
    func end(_ cap: String) throws -> [Double] {
      let bench = try ComputingBench(
        Self.network(Self.pools(cap)) + "traffic:\n" + Self.big("submit: 0 s"))
      return ["big/e", "big/w"].map { bench.value($0, "finish_time") ?? .nan }
    }
    let free = try end("")
    // 64 idle ones take 6.4 kW, and half of what 32 take on top is another 6.4 kW.
    let capped = try end("energy: {caps: [{pool: w, from: 0 s, to: 1 min, power: 12.8 kW}]}")
    #expect(free[0] == free[1] && capped[0] == capped[1])
    #expect(abs(capped[0] - free[0] - 30) < 1e-6)
  }

  // MARK: - What is wrong

  @Test(arguments: [
    ("pool: w, accelerators: 32", "pool: x, accelerators: 32", "unknown pool"),
    ("pool: w, accelerators: 32", "pool: e, accelerators: 32", "found \"e\" twice"),
    ("pool: w, accelerators: 32", "pool: w, accelerators: 65", "expected at most the 64"),
    ("pool: w, accelerators: 32", "pool: w, accelerators: 30", "expected whole hosts, of 8 each"),
    ("pool: w, accelerators: 32", "pool: w, accelerators: 16", "have room for, 6"),
    (", {pool: w, accelerators: 32}", "", "expected 2 pools or more"),
    ("name: llm", "name: llm\n      to: {pool: e}", "found `to` beside several pools"),
    ("name: llm", "name: llm\n      tenant: {name: t, level: 2}", "found a pool of level 1"),
    ("queue: conservative}", "queue: easy}", "whose queue is conservative"),
    ("fabric: a, queue", "queue", "found a pool without a fabric"),
    ("on_failure: move", "on_failure: break", "breaks off on a failure"),
  ])
  func mistakesSayWhere(part: String, change: String, text: String) throws {
    let good = Self.network(Self.pools()) + "traffic:\n" + Self.big()
    #expect(good.contains(part))
    let all = try problems(good.replacing(part, with: change, maxReplacements: 1))
    #expect(all.contains { $0.contains(text) }, "\(all)")
  }
}
