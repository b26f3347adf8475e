// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Text

// Why a watched job has a turn on a pool in a round, or none.

extension Computing {
  /// Notes where a watched job runs in the round that begins, where that is not as before.
  func watchTurn(of id: JobID, on pool: Int?) {
    guard isWatched(id), let rounds else { return }
    let answer: PlacementDecision.Answer =
      if let pool {
        .placed(pool: pools[pool].design.name)
      } else {
        .waits(until: now + rounds.terms.length)
      }
    guard !isAsBefore(answer) else { return }
    let isFirst = watch?.job?.decisions.isEmpty ?? true
    watch?.job?.decisions.append(
      PlacementDecision(
        at: now, answer: answer, reason: turnSentence(of: id, on: pool, rounds),
        excluded: isFirst ? candidates.exclusions(of: jobs[id].job, jobs[id].entry) : []))
  }

  /// Whether the last decision said the same, however long it was to wait.
  private func isAsBefore(_ answer: PlacementDecision.Answer) -> Bool {
    switch (watch?.job?.decisions.last?.answer, answer) {
    case (.placed(let before), .placed(let now)): before == now
    case (.waits, .waits): true
    default: false
    }
  }

  private func turnSentence(of id: JobID, on pool: Int?, _ rounds: PoolRounds) -> String {
    let round = "round \(rounds.count)"
    let due = pools.indices.filter { rounds.standing(of: id, on: $0).share > 0 }
    let shares = due.map { shareText(of: id, on: $0, rounds) }.joined(separator: "; ")
    guard let pool else {
      guard !due.isEmpty else { return "It has no share yet, and in \(round) nothing was left." }
      return "In \(round) others were more behind their shares. Its own: \(shares)."
    }
    if jobs[id].stage == .fetching { return "Its input is on the way there, so it keeps its turn." }
    guard due.contains(pool) else {
      return "It has no share there, and took what \(round) left free."
        + (due.isEmpty ? "" : " Its shares: \(shares).")
    }
    return "It was its turn in \(round). Its shares: \(shares)."
  }

  private func shareText(of id: JobID, on pool: Int, _ rounds: PoolRounds) -> String {
    let standing = rounds.standing(of: id, on: pool)
    return "\(formatted(percentOf: standing.share)) of the time on \(pools[pool].design.name), of "
      + "which it had \(formatted(percentOf: standing.had)) of what all had there"
  }
}
