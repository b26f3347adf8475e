// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Scheduling
import Testing

/// Each policy on a board of three pools, worked by hand.
///
/// | pool | count | free | waiting work | price | carbon | delay | transfer |
/// |---|---|---|---|---|---|---|---|
/// | 0 | 8 | 0 | 80 s x 8 | 3 | 1 | 1 ms | 10 s |
/// | 1 | 8 | 8 | none | 2 | 3 | 5 ms | 20 s |
/// | 2 | 4 | 4 | none | 1 | 2 | 50 ms | 200 s |
@Suite struct PlacementPolicyTests {
  private static func seconds(_ value: Double) -> SimDuration {
    SimDuration(nanoseconds: Int64(value * 1e9))
  }

  private func board() -> PoolBoard {
    let prices = [3.0, 2.0, 1.0]
    let carbon = [1.0, 3.0, 2.0]
    return PoolBoard(
      entries: [
        .init(count: 8, free: 0, waiting: 3, waitingWork: 640),
        .init(count: 8, free: 8), .init(count: 4, free: 4),
      ],
      yuan: { prices[$0] * Double($1) * ($3 - $2).seconds },
      carbon: { carbon[$0] * Double($1) * ($3 - $2).seconds })
  }

  private func job(
    _ accelerators: Int = 4, pools: [Int32] = [0, 1, 2], deadline: SimTime? = nil,
    isBound: Bool = false
  ) -> PlacementQuestion {
    let all: [PoolCandidate] = [
      .init(pool: 0, speed: 1, delay: Self.seconds(0.001), transfer: 10),
      .init(pool: 1, speed: 1, delay: Self.seconds(0.005), transfer: 20),
      .init(pool: 2, speed: 2, delay: Self.seconds(0.05), transfer: 200),
    ]
    return PlacementQuestion(
      now: .zero, accelerators: accelerators, seconds: 100, deadline: deadline,
      isLatencyBound: isBound, candidates: all.filter { pools.contains($0.pool) })
  }

  private func choice(
    _ rule: PlacementRule, _ job: PlacementQuestion, latency: SimDuration? = nil
  ) -> PlacementAnswer {
    var policy = PlacementTerms(rule: rule, latency: latency).policy(seed: 1)
    return policy.place(job, on: board())
  }

  @Test func nearestWithRoom() {
    #expect(choice(.nearest, job()) == .place(1))
    #expect(choice(.nearest, job(pools: [0])) == .place(0))
    // None has room for five but the second.
    #expect(choice(.nearest, job(5)) == .place(1))
  }

  @Test func loadIsWorkOverWhatThereIs() {
    let board = board()
    #expect(board.load(0, at: .zero) == 80)
    #expect(board.load(1, at: .zero) == 0)
    #expect(board.wait(job().candidates[0], for: job()) == 80)
    #expect(choice(.leastLoaded, job()) == .place(1))
  }

  @Test func theWorkOfThoseThatRunGetsLess() {
    var board = board()
    // Two accelerators of the third pool are expected back at 30 s.
    board.entries[2] = .init(count: 4, free: 2, runningUntil: 60)
    #expect(board.load(2, at: .zero) == 15)
    #expect(board.load(2, at: SimTime(nanoseconds: 10_000_000_000)) == 10)
    #expect(board.load(2, at: SimTime(nanoseconds: 90_000_000_000)) == 0)
  }

  /// 4 x 100 s at 2, or 4 x 50 s at 1; in carbon 3 and 2.
  @Test func cheapestAndGreenestLookAtTheWholeRun() {
    #expect(choice(.cheapest, job()) == .place(2))
    #expect(choice(.greenest, job()) == .place(2))
    // Where it can start nowhere, the least wait.
    #expect(choice(.cheapest, job(pools: [0])) == .place(0))
  }

  @Test func aBoundOnTheDelay() {
    #expect(
      choice(.cheapestWithinLatency, job(), latency: Self.seconds(0.01)) == .place(1))
    #expect(
      choice(.cheapestWithinLatency, job(), latency: Self.seconds(0.0001)) == .place(0))
    // The same word, and any other policy.
    #expect(choice(.cheapest, job(), latency: Self.seconds(0.01)) == .place(1))
    #expect(choice(.greenest, job(), latency: Self.seconds(0.001)) == .place(0))
    #expect(choice(.leastLoaded, job(), latency: Self.seconds(0.001)) == .place(0))
  }

  /// Over after 80 + 100, 20 + 100 and 200 + 50 seconds.
  @Test func jointIsOverFirst() {
    #expect(choice(.joint, job()) == .place(1))
    #expect(choice(.joint, job(pools: [0, 2])) == .place(0))
  }

  @Test func turnsAreTaken() {
    var policy = PlacementTerms(rule: .roundRobin).policy(seed: 1)
    let answers = (0..<4).map { _ in policy.place(job(), on: board()) }
    #expect(answers == [.place(0), .place(1), .place(2), .place(0)])
    // A pool that may not take a job loses its turn.
    #expect(policy.place(job(pools: [0, 2]), on: board()) == .place(1))
    #expect(policy.place(job(), on: board()) == .place(0))
  }

  /// One of three by chance, within four deviations of a third; of two choices the first pool, which
  /// is loaded, is taken only where both are it.
  @Test func chanceIsFair() {
    var random = PlacementTerms(rule: .random).policy(seed: 3)
    var two = PlacementTerms(rule: .powerOfTwoChoices).policy(seed: 3)
    let count = 9000
    var counts = [0, 0, 0]
    var loaded = 0
    for _ in 0..<count {
      if case .place(let position) = random.place(job(), on: board()) { counts[position] += 1 }
      if two.place(job(), on: board()) == .place(0) { loaded += 1 }
    }
    for taken in counts { #expect(abs(Double(taken) - 3000) < 4 * 2000.0.squareRoot()) }
    #expect(abs(Double(loaded) - 1000) < 4 * 889.0.squareRoot())
  }

  @Test func whatIsBoundStaysNear() {
    #expect(choice(.eastDataWestComputing, job(isBound: true)) == .place(1))
    #expect(choice(.eastDataWestComputing, job()) == .place(2))
  }
}
