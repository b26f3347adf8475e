// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

/// What is said of transfers, deadlines and reservations that are wrong.
@Suite struct MalformedTransferTests {
  static let sound = """
    scenario: s
    duration: 10 s
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 1 Gbps, two_way: true}
      fabrics:
        - {name: pod, hosts: 2, nic: 1 Gbps}
    reservations: {share: 50 %, paths: 2}
    traffic:
      - transfers:
          - {name: t1, from: a, to: b, size: 1 MB, start: 1 s, deadline: 5 s, reserve: true}
          - {name: t2, path: [ab], size: 1 MB}
      - generate:
          name: g
          arrivals: {poisson: 1 /s}
          sizes: {fixed: 1 MB}
          pairs: [{from: a, to: b}]
          deadline: {slack: 2}
          transfers: {reserve: true, ahead: 1 s}
      - flows:
          - {flow: f1, from: a, to: b, size: 1 MB, start: 2 s, deadline: 3 s}
      - training: {name: j, fabric: pod, after: [t1, t2], collective: {gpus: 16, size: 1 MB}}
    """

  @Test func theSoundScenarioHasNoProblem() throws {
    #expect(try problems(Self.sound) == [])
  }

  static let flaws = [
    Flaw(
      "start: 1 s, deadline: 5 s", "start: 6 s, deadline: 5 s",
      "s.yaml:11:70: traffic[0].transfers[0].deadline: "
        + "found a deadline that is not after start, expected a later one"),
    Flaw(
      "start: 2 s, deadline: 3 s", "start: 2 s, deadline: 2 s",
      "s.yaml:21:70: traffic[2].flows[0].deadline: "
        + "found a deadline that is not after start, expected a later one"),
    Flaw(
      "start: 1 s, deadline", "start: 1 s, asked: 2 s, deadline",
      "s.yaml:11:67: traffic[0].transfers[0].asked: "
        + "found a time after start, expected one no later than it"),
    Flaw(
      "name: t2, path: [ab]", "name: t1, path: [ab]",
      "s.yaml:12:16: traffic[0].transfers[1].name: "
        + "a second transfer \"t1\", first in line 11",
      "s.yaml:22:50: traffic[3].training.after[1]: unknown transfer \"t2\"; did you mean \"t1\"? "
        + "(known: t1)"),
    Flaw(
      "name: t2, path: [ab]", "name: t2, from: a",
      "s.yaml:12:9: traffic[0].transfers[1]: a transfer needs from and to, or a path"),
    Flaw(
      "slack: 2", "slack: 0.5",
      "s.yaml:18:25: traffic[1].generate.deadline.slack: "
        + "found 0.5, expected a slack from 1 to 1e6"),
    Flaw(
      "reserve: true}\n      - {name: t2", "reserve: true, window: full-rate}\n      - {name: t2",
      "s.yaml:11:98: traffic[0].transfers[0].window: "
        + "found full-rate without a rate, expected the rate that is full"),
    Flaw(
      "path: [ab], size: 1 MB", "path: [ab], size: 1 MB, reserve: true, window: least-rate",
      "s.yaml:12:67: traffic[0].transfers[1].window: "
        + "found least-rate without a deadline, expected earliest or full-rate"),
    Flaw(
      "path: [ab], size: 1 MB", "path: [ab], size: 1 MB, reserve: false, if_refused: drop",
      "s.yaml:12:72: traffic[0].transfers[1].if_refused: "
        + "found this without a reservation, expected reserve: true"),
    Flaw(
      "path: [ab], size: 1 MB", "path: [ab], size: 1 MB, rate: 0.5 bps",
      "s.yaml:12:50: traffic[0].transfers[1].rate: "
        + "found \"0.5 bps\", expected a bit rate of zero, or of at least 1 bps"),
    Flaw(
      "paths: 2", "paths: 101",
      "s.yaml:8:15: reservations.paths: found 101, expected 1 to 100"),
    Flaw(
      "[t1, t2]", "[t1, t1]",
      "s.yaml:22:50: traffic[3].training.after[1]: a second transfer \"t1\", first in line 22"),
  ]

  @Test(arguments: flaws) func eachIsReported(flaw: Flaw) throws {
    let text = Self.sound.replacing(flaw.from, with: flaw.to)
    #expect(text != Self.sound)
    let found = try problems(text)
    #expect(found == flaw.problems)
  }

  @Test func reservationsNeedSomethingToReserve() throws {
    let text = Self.sound.replacing("reserve: true", with: "reserve: false")
    #expect(
      try problems(text) == [
        "s.yaml:8:15: reservations: found reservations without anything to reserve, expected a "
          + "transfer with reserve: true, or jobs with reserve"
      ])
  }
}
