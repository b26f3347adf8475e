// SPDX-License-Identifier: GPL-3.0-or-later
internal import Locks
internal import Session

/// Runs of one case with several seeds, on several threads.
final class SeedRuns: Sendable {
  private struct State {
    var next = 0
    var results: [SeedResult?]
    var units: [String] = []
    var seconds = 0.0
    var done = 0
    var error: (seed: Int, any Error)?
    var isStopped = false
  }

  private let prepared: PreparedCase
  private let seeds: [Int]
  private let state: Guarded<State>

  private init(_ prepared: PreparedCase, seeds: [Int]) {
    self.prepared = prepared
    self.seeds = seeds
    state = Guarded(State(results: Array(repeating: nil, count: seeds.count)))
  }

  /// The results in the order of the seeds, the time that they took in all, and the metrics' units.
  ///
  /// `watch` hears how many are done; where it wants to stop, `StoppedCheck` is thrown.
  static func run(
    _ prepared: PreparedCase, seeds: [Int], jobs: Int, _ watch: (Int) -> Bool
  ) throws -> (results: [SeedResult], seconds: Double, units: [String]) {
    let runs = SeedRuns(prepared, seeds: seeds)
    let goesOn = Workers.run(min(jobs, seeds.count), each: { _ in runs.work() }) {
      if watch(runs.state.withLock { $0.done }) { return true }
      runs.state.withLock { $0.isStopped = true }
      return false
    }
    let state = runs.state.withLock { $0 }
    guard goesOn else { throw StoppedCheck() }
    if let (seed, error) = state.error {
      throw FailedCase(name: prepared.name, seed: seed, cause: error)
    }
    return (state.results.compactMap(\.self), state.seconds, state.units)
  }

  private func work() {
    while let index = take() {
      do {
        let (result, seconds, units) = try prepared.run(seed: seeds[index]) { _ in
          state.withLock { $0.isStopped } ? .stop : .goOn
        }
        state.withLock { state in
          state.results[index] = result
          state.units = units
          state.seconds += seconds
          state.done += 1
        }
      } catch {
        fail(seed: seeds[index], error)
      }
    }
  }

  /// Of several runs that fail the one with the least seed is told, whoever was first.
  private func fail(seed: Int, _ error: any Error) {
    state.withLock { state in
      guard !(error is StoppedRun) else { return }
      state.isStopped = true
      if let known = state.error, known.seed < seed { return }
      state.error = (seed, error)
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard !state.isStopped, state.next < seeds.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }
}

/// A run of a case that did not get to its end.
public struct FailedCase: Error, CustomStringConvertible {
  public let name: String
  public let seed: Int
  let cause: any Error

  public var description: String { "case \(name), seed \(seed): \(cause)" }
}

/// A check that was to stop before its end.
public struct StoppedCheck: Error, CustomStringConvertible {
  public var description: String { "interrupted; nothing was written" }
}
