// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// Jobs that book machines together with windows for their data, by hand.
@Suite struct JobBookingRunTests {
  /// 8 Gbps both ways: a gigabyte takes a second.
  static func scenario(
    _ jobs: String, reserve: String = "{}", more: String = "", queue: String = "conservative",
    events: String = ""
  ) -> String {
    """
    scenario: b
    outputs: [summary, jobs, transfers, flows]
    network:
      links: [{name: AB, from: A, to: B, capacity: 8 Gbps, delay: 0 s, two_way: true}]
    pools:
      list:
        - {name: p, at: B, accelerator: cpu, count: 4, queue: \(queue)}
    traffic:
      - jobs:
          name: booked
          list: \(jobs)
          input: {from: [A]}
          output: {to: A}
          reserve: \(reserve)
    \(more)
    \(events)
    """
  }

  private func near(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) < 1e-4 } ?? false
  }

  /// 100 GB are there after 100 s at full rate; machines for 50 s, then 40 GB back by 200 s.
  @Test func lightAndMachinesAreBookedAsOne() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "[{job: a, accelerators: 4, run: 50 s, input: 100 GB, output: 40 GB, deadline: 200 s}]"))
    #expect(bench.text("a", "booking") == "held")
    #expect(near(bench.value("a", "booked_start_s"), 100))
    #expect(bench.start("a") == bench.value("a", "booked_start_s"))
    #expect(near(bench.value("a", "finish_time"), 150))
    // It takes what time it has for the way back, at 6.4 Gbps.
    #expect(near(bench.value("a", "over_s"), 200))
    let windows = try bench.run.rows(of: "transfers")
    #expect(windows.map { $0["transfer"] } == ["a/in", "a/out"])
    #expect(windows.allSatisfy { $0["reservation"] == "held" && $0["state"] == "arrived" })
    #expect(near(windows[1]["rate_bps"].flatMap { Double($0) }.map { $0 / 6.4e9 }, 1))
    #expect(bench.run.summary("jobs_booked") == 1)
    #expect(bench.run.summary("bytes_delivered") == 140e9)
    #expect(bench.run.summary("job_deadlines_met") == 1)
  }

  /// A second less, and nothing at all is booked: neither light nor machines.
  @Test func bothOrNeither() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "[{job: a, accelerators: 4, run: 50 s, input: 100 GB, output: 40 GB, deadline: 189 s}, "
          + "{job: b, accelerators: 4, run: 50 s, input: 100 GB, deadline: 151 s}]"))
    #expect(bench.text("a", "final_state") == "REJECTED")
    #expect(bench.text("a", "reason") == "no-booking" && bench.text("a", "booking") == "refused")
    #expect(bench.text("b", "booking") == "held" && near(bench.start("b"), 100))
    #expect(try bench.run.rows(of: "transfers").map { $0["transfer"] } == ["b/in"])
    #expect(bench.run.summary("jobs_refused") == 1)
  }

  /// What can't be booked waits in the queue as any other, and is late.
  @Test func orItQueuesAsAnyOther() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "[{job: a, accelerators: 4, run: 50 s, input: 100 GB, deadline: 149 s}]",
        reserve: "{if_refused: queue}"))
    #expect(bench.text("a", "booking") == "refused" && bench.text("a", "booked_start_s") == "")
    #expect(near(bench.value("a", "finish_time"), 150))
    #expect(bench.run.summary("job_deadlines_missed") == 1)
  }

  /// Machines are taken until 300 s: the input has that long, and moves at a third of the rate.
  @Test func lightTakesTheTimeThatMachinesLeave() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "[{job: a, submit: 1 s, accelerators: 2, run: 50 s, input: 100 GB, deadline: 1000 s}]",
        more: """
            - jobs:
                name: others
                list: [{job: x, accelerators: 3, run: 300 s}]
          """))
    #expect(bench.start("a") == 300)
    let window = try #require(try bench.run.rows(of: "transfers").first)
    #expect(near(window["rate_bps"].flatMap { Double($0) }.map { $0 / (8e11 / 299) }, 1))
  }

  /// Jobs without a booking run before and beside it, and none into it.
  @Test func othersRunAroundWhatIsBooked() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "[{job: a, accelerators: 3, run: 50 s, input: 100 GB, deadline: 160 s}]",
        more: """
            - jobs:
                name: others
                list:
                  - {job: fits, accelerators: 4, run: 90 s}
                  - {job: beside, submit: 1 s, accelerators: 1, run: 500 s}
                  - {job: behind, submit: 2 s, accelerators: 2, run: 60 s}
          """))
    #expect(bench.start("fits") == 0)
    #expect(bench.start("beside") == 90)
    #expect(near(bench.start("a"), 100))
    #expect(near(bench.start("behind"), 150))
  }

  /// A job that is done early has its output wait for the window; one that is cut gives it back.
  @Test(arguments: [
    ("run: 20 s, requested: 50 s", 200.0, "arrived"),
    ("run: 80 s, requested: 50 s", 150, "dropped"),
  ])
  func theOutputLeavesInItsWindow(times: String, over: Double, state: String) throws {
    let bench = try ComputingBench(
      Self.scenario(
        "[{job: a, accelerators: 4, \(times), input: 100 GB, output: 40 GB, deadline: 200 s}]"))
    #expect(near(bench.value("a", "over_s"), over))
    #expect(try bench.run.rows(of: "transfers").last?["state"] == state)
    #expect(bench.run.summary("jobs_completed") == (state == "arrived" ? 1 : 0))
  }

  /// The link is dark from 10 s to 60 s, so that the data come late: the machines go to another, and
  /// the job waits for what comes.
  @Test func aBookingThatBreaksIsNotLost() throws {
    let bench = try ComputingBench(
      Self.scenario(
        "[{job: a, accelerators: 4, run: 50 s, input: 100 GB, output: 10 GB, deadline: 170 s}]",
        more: """
            - jobs:
                name: others
                list: [{job: x, submit: 5 s, accelerators: 4, run: 30 s}]
          """,
        events: """
          events:
            - {at: 10 s, fail: AB, for: 50 s}
          """))
    #expect(bench.text("a", "booking") == "broken")
    #expect(bench.start("x") == 5)
    #expect(near(bench.value("a", "data_ready_s"), 150) && near(bench.start("a"), 150))
    #expect(near(bench.value("a", "over_s"), 210))
    #expect(bench.run.summary("bookings_broken") == 1)
    #expect(bench.run.summary("bytes_delivered") == 110e9)
  }

  /// Half the power that its jobs want, so that each is late: what `a` brings forth is there at 75 s, in
  /// time for its window, and no flow begins before.
  @Test func whatIsLateBeginsWhenItIsThere() throws {
    let text = Self.scenario(
      "[{job: b, accelerators: 1, run: 55 s, output: 40 GB}, "
        + "{job: a, accelerators: 2, run: 50 s, output: 20 GB}]",
      more: """
        energy:
          caps: [{pool: p, from: 0 s, to: 1 h, power: 1.2 kW}]
        """
    ).replacingOccurrences(
      of: "accelerator: cpu, count: 4",
      with: "accelerator: A800, pue: 1, power: {idle: 100 W, full: 500 W}, count: 4"
    ).replacingOccurrences(of: "input: {from: [A]}", with: "runs_on: {A800: 1}")
    let bench = try ComputingBench(text)
    #expect(bench.text("a", "booking") == "held" && near(bench.value("a", "finish_time"), 75))
    let flow = try bench.run.rows(of: "flows").first { $0["flow"] == "a/out" }
    #expect(flow?["start_s"] == "75" && near(flow?["finish_s"].flatMap { Double($0) }, 115))
  }

  /// Of two pools the nearer one is chosen of those that can be had in time.
  @Test func aPolicyChoosesAmongPoolsThatCanBeBooked() throws {
    let text = Self.scenario(
      "[{job: a, submit: 1 s, accelerators: 4, run: 50 s, input: 100 GB, deadline: 170 s}]",
      more: """
          - jobs:
              name: others
              list: [{job: x, accelerators: 1, run: 1 h}]
              to: {pool: p}
        """
    ).replacingOccurrences(
      of: "two_way: true}]",
      with: "two_way: true}, "
        + "{name: AC, from: A, to: C, capacity: 8 Gbps, delay: 1 s, two_way: true}]"
    ).replacingOccurrences(
      of: "list:\n    - {name: p",
      with: "list:\n    - {name: far, at: C, accelerator: cpu, count: 4, queue: conservative}\n"
        + "    - {name: p")
    let bench = try ComputingBench(text)
    #expect(bench.text("a", "pool") == "far" && near(bench.start("a"), 102))
  }

  @Test func onlySlotsCanBePromised() throws {
    #expect {
      try ComputingBench(Self.scenario("[{job: a, run: 1 s}]", queue: "easy"))
    } throws: {
      "\($0)".contains(
        "found reserve for pools whose queue is easy, expected a pool whose queue is conservative")
    }
  }
}
