// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Scenario

/// Pools that take less power while it is dear, as a user reads it.
@Suite struct PowerPolicyRunTests {
  /// Eight accelerators of 100 to 500 W, a quarter more for their site; 10 to 12 is dear.
  private static func scenario(_ power: String, jobs: String, more: String = "") -> String {
    """
    scenario: p
    duration: 24 h
    network: {nodes: [a]}
    pools:
      list:
        - {name: p, at: a, accelerator: H800, count: 8, power: {idle: 100 W, full: 500 W}, tariff: t, pue: 1.25}
    energy:
      tariffs: [{name: t, flat: 0.5 yuan/kWh, peak: 1 yuan/kWh, hours: {peak: ["10-12"]}}]
      power: \(power)
      \(more)
    traffic:
      - jobs: {list: [\(jobs)]}
    outputs: [summary, jobs, energy]
    """
  }

  private static let job = "{job: j, accelerators: 8, run: 6 h, submit: 8 h}"

  /// 60 % of 5 kW are 2.4 kW for the machines, which is idle power and half of the rest: half the speed
  /// for two hours, and the job takes an hour longer.
  @Test func aDearHourIsSlow() throws {
    let bench = try ComputingBench(
      Self.scenario("{above: 0.8 yuan/kWh, to: 60 %}", jobs: Self.job))
    #expect(bench.start("j") == 28_800.0)
    #expect(bench.value("j", "execution_time") == 25_200.0)
    // Two dear hours of 3 kW, five of 5 kW, and seventeen of 1 kW.
    #expect(abs(try bench.energy("p", "kwh_peak") - 6) < 1e-9)
    #expect(abs(try bench.energy("p", "facility_kwh") - (6 + 25 + 17)) < 1e-9)
    #expect(bench.run.summary("power_limits") == 2)
  }

  /// A price that no hour has changes nothing but that it was asked for.
  @Test func aRuleThatNeverAppliesChangesNothing() throws {
    let bench = try ComputingBench(
      Self.scenario("{above: 1 yuan/kWh, to: 60 %}", jobs: Self.job))
    #expect(bench.value("j", "execution_time") == 21_600.0)
    #expect(bench.run.summary("power_limits") == 0)
  }

  /// The lower of a cap and a limit holds: 2 kW to 11:00 leave 0.8 of 3.2 kW, a quarter.
  @Test func theLowerOfCapAndLimitHolds() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "{above: 0.8 yuan/kWh, to: 60 %}", jobs: Self.job,
        more: "caps: [{pool: p, from: 9 h, to: 11 h, power: 2 kW}]"))
    // 1 h whole, 2 h at a quarter, 1 h at a half, and 4 h that are left.
    #expect(abs((bench.value("j", "execution_time") ?? 0) - 8 * 3600) < 1e-6)
  }

  /// A signal makes an hour dear that the tariff does not.
  @Test func signalsAreHeard() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "{above: 0.8 yuan/kWh, to: 60 %}", jobs: Self.job,
        more: "signals: [{tariff: t, from: 12 h, to: 13 h, price: 2 yuan/kWh}]"))
    #expect(bench.value("j", "execution_time") == 27_000.0)
  }

  /// Two accelerators at half speed, which jobs share: they do 500 kJ in 500 s.
  ///
  /// Until 10 s a and b do 5 s each. Then c wants two more, all have a quarter, and a ends at 390 s. At
  /// a third c ends at 405 s, and b, alone with all the power it asks for, at 500 s.
  @Test(arguments: [
    "power: {above: 0.5 yuan/kWh, to: 50 %}",
    "caps: [{pool: s, from: 0 s, to: 1 h, power: 1 kW}]",
  ])
  func sharedPoolsAreSlowToo(power: String) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      outputs: [summary, jobs, energy]
      network: {nodes: [a]}
      pools:
        list:
          - {name: s, at: a, accelerator: H800, count: 2, queue: processor-sharing, tariff: t, power: {idle: 0 W, full: 1 kW}}
      energy: {tariffs: [{name: t, flat: 1 yuan/kWh}], \(power)}
      traffic:
        - jobs:
            name: j
            list:
              - {job: a, run: 100 s}
              - {job: b, run: 200 s}
              - {job: c, submit: 10 s, accelerators: 2, run: 100 s}
      """)
    #expect(bench.value("a", "finish_time") == 390)
    #expect(bench.value("c", "finish_time") == 405)
    #expect(bench.value("b", "finish_time") == 500)
    #expect(abs(try bench.energy("s", "it_kwh") - 500.0 / 3600) < 1e-12)
    let jobs = ["a", "b", "c"].reduce(0) { $0 + (bench.value($1, "consumed_energy") ?? .nan) }
    #expect(abs(jobs - 500e3) < 1e-3)
  }

  /// At no power above idle jobs stand still until the hour is over.
  @Test func idlePowerStopsJobs() throws {
    let bench = try ComputingBench(
      Self.scenario("{above: 0.8 yuan/kWh, to: 20 %}", jobs: Self.job))
    #expect(bench.value("j", "execution_time") == 28_800.0)
  }

  @Test(arguments: [
    ("{above: 0.8 yuan/kWh}", "to: the key is missing"),
    ("{above: 0.8 yuan/kWh, to: 0 %}", "more than zero"),
    ("{above: 0.8, to: 60 %}", "a price of energy with a unit"),
    ("{above: 0.8 yuan/kWh, to: 60 %, for: 1 h}", "unknown key \"for\""),
    ("cheap", "found"),
  ])
  func mistakesAreToldWhereTheyAre(power: String, expected: String) throws {
    let found = try problems(Self.scenario(power, jobs: Self.job))
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }
}
