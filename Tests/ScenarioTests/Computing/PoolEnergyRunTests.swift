// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// Energy, money and carbon as energy.csv and jobs.csv have them.
@Suite struct PoolEnergyRunTests {
  private static let tariff = """
    {name: t, peak: 1 yuan/kWh, flat: 0.5 yuan/kWh, valley: 0.25 yuan/kWh, \
    hours: {peak: ["1-2"], valley: ["22-01"]}, demand: 30 yuan/kW-month, carbon: 0.5 kg/kWh, \
    green: 20 %}
    """

  /// Nine jobs of 90 s and one of 200 s share an accelerator for 1,000 s: all that it takes is theirs, also
  /// of the one that still runs.
  @Test func jobsThatShareAPoolTakeWhatItTakes() throws {
    let jobs = (0..<10).map { "{job: j\($0), run: \($0 < 9 ? 90 : 200) s}" }
    let bench = try ComputingBench(
      """
      scenario: e
      duration: 1000 s
      network: {nodes: [a]}
      pools:
        list:
          - name: p
            at: a
            accelerator: x
            count: 1
            queue: processor-sharing
            power: {idle: 500 W, full: 1 kW}
            tariff: t
      energy: {tariffs: [{name: t, flat: 1 yuan/kWh}]}
      traffic: [{jobs: {list: [\(jobs.joined(separator: ", "))]}}]
      """)
    #expect(abs((bench.value("j0", "consumed_energy") ?? 0) - 90_000) < 1e-6)
    #expect(abs((bench.value("j9", "consumed_energy") ?? 0) - 190_000) < 1e-6)
    let yuan = bench.jobs.compactMap { $0["energy_yuan"].flatMap { Double($0) } }.reduce(0, +)
    #expect(try abs(yuan - bench.energy("p", "energy_yuan")) < 1e-9)
    #expect(bench.run.summary("pool_utilisation") == 1)
    #expect(bench.text("j0", "allocated_resources") == "")
  }

  /// Two accelerators of 1 kW, 200 W idle, PUE 1.5: one of them busy from 00:30 to 01:30.
  @Test func aJobTakesWhatItsAcceleratorsTake() throws {
    let bench = try ComputingBench(
      """
      scenario: e
      duration: 3 h
      calendar: {start: 2026-06-01}
      network: {nodes: [a]}
      pools:
        list:
          - {name: p, at: a, accelerator: x, count: 2, power: {idle: 200 W, full: 1 kW}, tariff: t, pue: 1.5}
      energy: {tariffs: [\(Self.tariff)]}
      traffic:
        - jobs: {list: [{job: j, submit: 30 min, accelerators: 1, run: 1 h}]}
      """)
    #expect(try abs(bench.energy("p", "it_kwh") - (3 * 0.4 + 0.8)) < 1e-9)
    #expect(try abs(bench.energy("p", "facility_kwh") - 3) < 1e-9)
    // Half an hour of the job in the valley and half in the peak; 0.6 kW beside it.
    let idle = 0.6 * (0.25 + 1 + 0.5)
    #expect(try abs(bench.energy("p", "energy_yuan") - (idle + 1.2 * (0.125 + 0.5))) < 1e-9)
    #expect(try abs(bench.energy("p", "carbon_kg") - 3 * 0.4) < 1e-9)
    #expect(try abs(bench.energy("p", "demand_kw") - 1.8) < 1e-9)
    #expect(try abs(bench.energy("p", "demand_yuan_month") - 54) < 1e-9)
    #expect(try abs(bench.energy("p", "demand_yuan_run") - 54.0 * 3 / 24 / 30) < 1e-9)
    #expect(bench.value("j", "consumed_energy") == 1.5 * 3.6e6)
    #expect(abs((bench.value("j", "energy_yuan") ?? 0) - 1.5 * (0.125 + 0.5)) < 1e-9)
  }

  /// Under a cap jobs run as fast as the power above idle lets them, and take the same longer.
  @Test func aCapSlowsJobsDown() throws {
    let bench = try ComputingBench(
      """
      scenario: c
      network: {nodes: [a]}
      pools:
        list:
          - {name: p, at: a, accelerator: x, count: 2, power: {idle: 200 W, full: 1 kW}, pue: 1.25}
      energy: {caps: [{pool: p, from: 30 min, to: 2 h, power: 1.5 kW}]}
      traffic:
        - jobs:
            list:
              - {job: j1, accelerators: 1, run: 1 h}
              - {job: j2, accelerators: 1, run: 1 h, requested: 90 min}
      """)
    // 1.2 kW of 2 kW: (1.2 - 0.4) / (2 - 0.4) is half the speed from half an hour on.
    #expect(bench.value("j1", "finish_time") == 5400)
    #expect(bench.value("j2", "finish_time") == 5400)
    #expect(bench.text("j2", "final_state") == "COMPLETED_SUCCESSFULLY")
    #expect(try abs(bench.energy("p", "it_kwh") - (1 + 1.2)) < 1e-9)
    #expect(try abs(bench.energy("p", "withheld_kwh") - 0.8) < 1e-9)
    let jobs = ["j1", "j2"].compactMap { bench.value($0, "consumed_energy") }.reduce(0, +)
    #expect(abs(jobs / 3.6e6 - 2.2 * 1.25) < 1e-9)
  }

  /// A cap below the idle power stops all work, and none is lost.
  @Test func aCapBelowIdlePowerStopsJobs() throws {
    let bench = try ComputingBench(
      """
      scenario: c
      network: {nodes: [a]}
      pools:
        list:
          - {name: p, at: a, accelerator: x, count: 2, power: {idle: 200 W, full: 1 kW}}
      energy: {caps: [{pool: p, from: 10 min, to: 40 min, power: 100 W}]}
      traffic: [{jobs: {list: [{job: j, accelerators: 1, run: 1 h}]}}]
      """)
    #expect(bench.value("j", "finish_time") == 5400)
  }

  /// What pools take is the sum of what runs on them and what waits; over random jobs and caps.
  @Test(arguments: [1, 2, 3]) func energyIsTheIntegralOfPower(seed: Int) throws {
    let bench = try ComputingBench(
      """
      scenario: r
      seed: \(seed)
      duration: 12 h
      network: {nodes: [a]}
      pools:
        sample_every: 1 s
        list:
          - {name: p, at: a, accelerator: x, count: 8, queue: easy, power: {idle: 100 W, full: 900 W}, pue: 1.3}
      traffic:
        - jobs:
            arrivals: {poisson: 12 /h}
            accelerators: {empirical: {values: [1, 3, 8]}}
            run: {exponential: 20 min}
      """)
    // Times of jobs are no whole seconds: jobs.csv has them.
    var busy = 0.0
    for job in bench.jobs {
      guard let start = job["starting_time"].flatMap({ Double($0) }) else { continue }
      let end = job["finish_time"].flatMap { Double($0) } ?? 43_200
      busy += (end - start) * (Double(job["requested_number_of_resources"] ?? "") ?? 0)
    }
    let expected = (8 * 0.1 * 43_200 + 0.8 * busy) / 3600
    #expect(try abs(bench.energy("p", "it_kwh") / expected - 1) < 1e-9)
    let held = bench.run.summary("pool_utilisation")
    #expect(abs(held - busy / (8 * 43_200)) < 1e-9)
  }
}
