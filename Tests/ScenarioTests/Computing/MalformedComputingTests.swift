// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scenario
import TestSupport
import Testing

/// What is said of pools, jobs, tariffs and policies that are wrong.
@Suite struct MalformedComputingTests {
  static let sound = """
    scenario: s
    duration: 10 h
    calendar: {start: 2026-07-01}
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 1 Gbps, delay: 1 ms, two_way: true}
    pools:
      registry: {at: a, refresh: 30 s}
      list:
        - {name: p1, at: a, accelerator: H800, count: 8, queue: easy, tariff: t, pue: 1.2}
        - {name: p2, at: b, it_power: {0 s: 1 MW, 6 h: 400 kW}, tariff: t, pue: {curve: {0: 1.1, 30: 1.4}, outside: day}}
    energy:
      climates: {day: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]}
      tariffs:
        - {name: t, flat: 0.5 yuan/kWh, peak: 0.9 yuan/kWh, hours: {peak: ["07:30-11:30"]}, carbon: 0.5 kg/kWh, green: 33 %}
      caps: [{pool: p2, from: 1 h, to: 2 h, power: 300 kW}]
    placement: {policy: cheapest-within-latency, latency: 20 ms}
    traffic:
      - jobs:
          name: batch
          arrivals: {poisson: 10 /h}
          accelerators: {fixed: 8}
          run: {exponential: 1 h}
          requested: {factor: 3}
          input: {size: {fixed: 1 TB}, from: [a]}
          output: {size: {fixed: 10 GB}, to: b}
          tenant: {name: bank, level: 1}
      - jobs: {name: listed, list: [{job: j1, accelerators: 2, run: 1 h}], to: {pool: p1}}
    """

  @Test func theSoundScenarioHasNoProblem() throws {
    #expect(try problems(Self.sound) == [])
  }

  /// What is said of jobs on pools goes with traces whose jobs run there, and with one tenant.
  @Test func termsOfTracesNeedAPool() throws {
    let terms =
      "reference: H800, tenant: bank, deadline: {slack: 2}, reserve: {}, latency: 1 ms, "
      + "checkpoint: {every: 1 h}"
    func trace(_ more: String) throws -> [String] {
      let folder = try TestSupport.ScratchFolder()
      try folder.write("", to: "l.swf")
      let path = try folder.write(
        Self.sound + "\n  - trace: {file: l.swf, name: t, format: swf, \(more)}\n", to: "s.yaml")
      do {
        _ = try ScenarioFile.load(path: path)
        return []
      } catch {
        return "\(error)".split(separator: "\n").compactMap {
          $0.contains(": found ") ? $0.components(separatedBy: ": found ")[1] : nil
        }.sorted()
      }
    }
    #expect(
      try trace("from: a, to: b, bytes_per_job: {input: 1 GB}, \(terms)")
        == ["reference", "tenant", "checkpoint", "deadline", "reserve", "latency"].map {
          "\($0) without a pool, expected to: {pool: any}, or the pool that jobs run on"
        }.sorted())
    #expect(
      try trace("to: {pool: p1}, \(terms), users_are_tenants: true") == [
        "a latency of jobs that come from nowhere, expected from",
        "reserve for pools whose queue is easy, expected a pool whose queue is conservative: only "
          + "there a start can be promised",
        "users_are_tenants beside a tenant, whose all jobs are; expected one of them",
      ])
  }

  /// Where jobs share pools by rounds, nothing else says who begins, stops, or is known of.
  @Test func roundsGoAlone() throws {
    let text = Self.sound.replacingOccurrences(
      of: "{policy: cheapest-within-latency, latency: 20 ms}",
      with: "{policy: max-min, moves: 1 h, preempt: true}")
    let found = try problems(text).map { $0.components(separatedBy: ": found ")[1] }
    #expect(
      found == [
        "a registry with max-min, expected none: rounds go by pools as they are",
        "a queue with max-min, expected none: nobody waits on a pool for longer than a round",
        "`preempt` with max-min, expected none: who has no turn in a round waits",
        "`moves` with max-min, expected a policy for which one pool is better than another",
      ])
    let pools = (0..<65).map { "{name: p\($0), at: a, accelerator: H800, count: 8}" }
    let many =
      "scenario: s\nnetwork: {nodes: [a]}\nplacement: max-sum\n"
      + "pools: {list: [\(pools.joined(separator: ", "))]}\n"
      + "traffic: [{jobs: {list: [{job: j, accelerators: 1, run: 1 h}]}}]\n"
    #expect(
      try problems(many) == [
        "s.yaml:3:12: placement: found 65 pools, expected 64 at most with a policy by which jobs "
          + "share them: shares are worked out for each"
      ])
  }

  static let flaws = [
    Flaw(
      "power: 300 kW}]",
      "power: 300 kW}]\n  signals: [{tariff: u, from: 1 h, to: 2 h, price: 1 yuan/kWh}]",
      "s.yaml:17:22: energy.signals[0].tariff: unknown tariff of a pool \"u\"; did you mean \"t\"? "
        + "(known: t)"),
    Flaw(
      "power: 300 kW}]",
      "power: 300 kW}]\n  signals: [{tariff: t, from: 1 h, to: 2 h, price: 1 yuan/kWh, announced: 90 min}]",
      "s.yaml:17:75: energy.signals[0].announced: found a time after from, expected one that is not"
    ),
    Flaw(
      "power: 300 kW}]",
      "power: 300 kW}]\n  signals: [{tariff: t, from: 2 h, to: 2 h, price: 1 yuan/kWh}]",
      "s.yaml:17:40: energy.signals[0].to: found a time that is not after from, expected a later one"
    ),
    Flaw(
      "{policy: cheapest-within-latency, latency: 20 ms}", "{policy: random, moves: 1 h}",
      "s.yaml:17:36: placement.moves: found `moves` with random, expected a policy for which one "
        + "pool is better than another"),
    Flaw(
      "{policy: cheapest-within-latency, latency: 20 ms}", "{policy: nearest, rounds: 1 h}",
      "s.yaml:17:38: placement.rounds: found `rounds` with nearest, expected a policy by which jobs "
        + "share pools: max-min, max-sum, min-makespan, equal-shares"),
    Flaw(
      "latency: 20 ms}", "latency: 20 ms, moves: {gain: 100 %}}",
      "s.yaml:17:76: placement.moves.gain: found 100 % or more, expected less"),
    Flaw(
      "start: 2026-07-01", "start: 2026-02-30",
      "s.yaml:3:19: calendar.start: found \"2026-02-30\", expected a date from 1900 to 2999, such "
        + "as 2026-07-01"),
    Flaw(
      "at: a, refresh: 30 s", "at: b, refresh: 1 ms",
      "s.yaml:8:13: pools.registry.refresh: found a refresh no longer than the 0.001 s that a "
        + "report of the pool \"p1\" takes, expected a longer one"),
    Flaw(
      "at: a, accelerator: H800", "at: c, accelerator: H800",
      "s.yaml:10:22: pools.list[0].at: unknown node \"c\"; did you mean \"a\"? (known: a, b)"),
    Flaw(
      "arrivals: {poisson: 10 /h}", "preset: filly",
      "s.yaml:21:15: traffic[0].jobs.preset: unknown preset \"filly\"; did you mean \"philly\"? "
        + "(known: philly, hpc2n)"),
    Flaw(
      "arrivals: {poisson: 10 /h}", "preset: hpc2n",
      "s.yaml:20:7: traffic[0].jobs.arrivals: the key is missing, and preset hpc2n does not tell it: "
        + "When jobs are submitted."),
    Flaw(
      "placement: {policy", "events: [{at: 1 h, fail_pool: p3}]\nplacement: {policy",
      "s.yaml:17:31: events[0].fail_pool: unknown pool \"p3\"; did you mean \"p1\"? (known: p1, p2)"
    ),
    Flaw(
      "list: [{job: j1, accelerators: 2, run: 1 h}]", "list: [{job: j1, accelerators: 2}]",
      "s.yaml:28:33: traffic[1].jobs.list[0].run: the key is missing: How long it runs."),
    Flaw(
      "queue: easy", "queue: easi",
      "s.yaml:10:61: pools.list[0].queue: unknown word \"easi\"; did you mean \"easy\"?"
        + " (known: fcfs, sjf, ljf, easy, easy-sjbf, conservative, priority, preemptive, "
        + "fair-share, processor-sharing)"),
    Flaw(
      "pue: 1.2", "pue: 0.9",
      "s.yaml:10:83: pools.list[0].pue: found 0.9, expected a PUE from 1 to 10"),
    Flaw(
      "[\"07:30-11:30\"]", "[\"7-25\"]",
      "s.yaml:15:72: energy.tariffs[0].hours.peak[0]: found \"7-25\": \"25\" is no time of the "
        + "day: 0 to 24, or with minutes, as 07:30"),
    Flaw(
      "peak: 0.9 yuan/kWh, ", "",
      "s.yaml:15:7: energy.tariffs[0]: found peak hours without a price, expected peak"),
    Flaw(
      "22, 23, 24]}", "22, 23]}",
      "s.yaml:13:19: energy.climates.day: found 23 temperatures, expected 24 from midnight on"),
    Flaw(
      "pool: p2, from: 1 h, to: 2 h", "pool: p2, from: 2 h, to: 1 h",
      "s.yaml:16:36: energy.caps[0].to: found a time that is not after from, expected a later one"),
    Flaw(
      "cheapest-within-latency, latency: 20 ms", "cheapest-within-latency",
      "s.yaml:17:12: placement: found no latency, which cheapest-within-latency needs"),
    Flaw(
      "policy: cheapest-within-latency, latency: 20 ms", "command: [ls], timeout: 0 s",
      "s.yaml:17:37: placement.timeout: found \"0 s\", expected more than zero"),
    Flaw(
      "latency: 20 ms", "latency: 20 ms, command: [ls]",
      "s.yaml:17:12: placement: found policy and command, expected at most one of them"),
    Flaw(
      "latency: 20 ms", "latency: 20 ms, candidates: 3",
      "s.yaml:17:12: placement: found candidates without command, expected both"),
    Flaw(
      "requested: {factor: 3}", "requested: {factor: 0.5}",
      "s.yaml:24:27: traffic[0].jobs.requested.factor: found 0.5, expected a factor from 1 to 1e6"),
    Flaw(
      "to: {pool: p1}", "to: {pool: p3}",
      "s.yaml:28:83: traffic[1].jobs.to.pool: unknown pool \"p3\"; did you mean \"p1\"? (known: "
        + "p1, p2)"),
    Flaw(
      "to: {pool: p1}", "to: {pool: p2}",
      "s.yaml:28:83: traffic[1].jobs.to.pool: found a pool without accelerators, expected one "
        + "with some"),
    Flaw(
      "requested: {factor: 3}", "reference: B200",
      "s.yaml:20:7: traffic[0].jobs: found jobs that run on B200, expected a type that a pool has: "
        + "H800"),
    Flaw(
      "0 s: 1 MW, 6 h: 400 kW", "1 s: 1 MW, 6 h: 400 kW",
      "s.yaml:11:36: pools.list[1].it_power.1 s: found \"1 s\", expected 0 s as the first time"),
  ]

  @Test(arguments: flaws) func aFlawIsReportedWhereItIs(_ flaw: Flaw) throws {
    let text = Self.sound.replacing(flaw.from, with: flaw.to, maxReplacements: 1)
    try #require(text != Self.sound)
    #expect(try problems(text) == flaw.problems)
  }
}
