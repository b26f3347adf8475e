// SPDX-License-Identifier: GPL-3.0-or-later

// An allocation says which part of the time a job is to run on a type; rounds come close to it.
// With x the share of a job on a type, and f the part of all time on that type that the job has
// had since shares were last worked out,
//
//   priority = x / f
//
// and each type takes the jobs of the highest priority that fit. What is then still free goes to
// jobs without a share there, those first that cost the objective least; of equal ones, to those
// that have had least of what they were to have before.
// (D. Narayanan et al., OSDI 2020, section 5. By our reading, free accelerators go there by shares
// that an interior-point solver leaves a little above 0, which are ordered as what they cost is.)

/// Chooses which job runs on which type in the next round, so that time follows an allocation.
///
/// A value without a clock: whoever runs the rounds says how long jobs have run.
public struct RoundScheduler: Sendable {
  /// A job on a type for a round.
  public struct Turn: Equatable, Sendable {
    public var job: Int
    public var type: Int

    public init(job: Int, type: Int) {
      self.job = job
      self.type = type
    }
  }

  /// A job, by its number, with what it is to have and has had of each type.
  private struct Member {
    var number: Int
    var accelerators: Int
    var speeds: [Double]
    var shares: [Double]
    var losses: [Double]
    /// Seconds on each type since shares were worked out, and half a round to begin with.
    var received: [Double]
    /// Seconds that it was to have before, and has not had.
    var owed: [Double]
  }

  private var types: [SharedFleet.AcceleratorType]
  /// In the order of their numbers.
  private var members: [Member] = []
  /// What a job has had of a type to begin with, so that nobody has had nothing.
  private let head: Double
  /// Seconds of all jobs on each type, those that have left among them.
  private var given: [Double]

  /// Without jobs, for rounds of so many seconds.
  public init(types: [SharedFleet.AcceleratorType], round: Double) {
    self.types = types
    head = round / 2
    given = types.map { _ in 0 }
  }

  /// Lets a job in, whose share is nothing until shares are worked out again.
  ///
  /// - Precondition: No job has had a higher number.
  public mutating func add(_ job: SharedFleet.Job, number: Int) {
    precondition(number > members.last?.number ?? -1, "jobs come in the order of their numbers")
    let nothing = types.map { _ in 0.0 }
    members.append(
      Member(
        number: number, accelerators: job.accelerators, speeds: job.speeds, shares: nothing,
        losses: nothing, received: types.map { _ in head }, owed: nothing))
    for type in types.indices { given[type] += head }
  }

  public mutating func remove(_ number: Int) { members.removeAll { $0.number == number } }

  /// Sets how many there are of each type from now on.
  public mutating func setCounts(_ counts: [Int]) {
    for type in types.indices { types[type].count = counts[type] }
  }

  /// Takes on an allocation to the jobs that are there, in the order of their numbers.
  ///
  /// `elapsed` is the seconds since the last one.
  public mutating func follow(_ allocation: Allocation, after elapsed: Double) {
    given = types.map { _ in Double(members.count) * head }
    for (index, member) in members.enumerated() {
      for type in types.indices {
        members[index].owed[type] +=
          member.shares[type] * elapsed - (member.received[type] - head)
        members[index].received[type] = head
        members[index].shares[type] = allocation.shares[index * types.count + type]
        members[index].losses[type] = allocation.losses[index * types.count + type]
      }
    }
  }

  /// Books the time that a job has run on a type.
  public mutating func book(_ turn: Turn, seconds: Double) {
    given[turn.type] += seconds
    guard let index = members.firstIndex(where: { $0.number == turn.job }) else { return }
    members[index].received[turn.type] += seconds
  }

  /// Who runs where in the next round: each job once at most, types filled fastest first.
  ///
  /// Those that have to stay where they are have their turn there before all others.
  public func turns(keeping kept: [Turn] = []) -> [Turn] {
    var turns = kept
    let staying = Set(kept.map(\.job))
    var isTaken = members.map { staying.contains($0.number) }
    for type in fastestFirst() {
      var free = types[type].count
      for turn in kept where turn.type == type { free -= accelerators(of: turn.job) }
      for index in ranking(for: type) where free > 0 {
        let member = members[index]
        guard !isTaken[index], member.accelerators <= free, member.speeds[type] > 0 else {
          continue
        }
        isTaken[index] = true
        free -= member.accelerators
        turns.append(Turn(job: member.number, type: type))
      }
    }
    return turns
  }

  /// What a job is to have of a type, and what it has had since shares were worked out, both as
  /// parts of the whole: of the time of the round, and of the time of all jobs on the type.
  public func standing(of number: Int, on type: Int) -> (share: Double, had: Double) {
    guard let member = members.first(where: { $0.number == number }) else { return (0, 0) }
    return (member.shares[type], member.received[type] / given[type])
  }

  private func accelerators(of number: Int) -> Int {
    members.first { $0.number == number }?.accelerators ?? 0
  }

  /// The members as a type would take them.
  private func ranking(for type: Int) -> [Int] {
    let ranks = members.map { member in
      let isDue = member.shares[type] > Self.leastShare
      return (
        priority: isDue ? member.shares[type] * given[type] / member.received[type] : 0,
        loss: isDue ? 0 : member.losses[type], owed: member.owed[type]
      )
    }
    return members.indices.sorted {
      let (first, second) = (ranks[$0], ranks[$1])
      if first.priority != second.priority { return first.priority > second.priority }
      if first.loss != second.loss { return first.loss < second.loss }
      return first.owed == second.owed ? $0 < $1 : first.owed > second.owed
    }
  }

  /// What is smaller is rounding, and no share.
  private static let leastShare = 1e-9

  /// The types by the mean of jobs' speeds on them, each job's over its greatest.
  private func fastestFirst() -> [Int] {
    let sums = types.indices.map { type in
      members.reduce(0.0) { sum, member in
        let greatest = member.speeds.max() ?? 0
        return sum + (greatest > 0 ? member.speeds[type] / greatest : 0)
      }
    }
    return types.indices.sorted { sums[$0] == sums[$1] ? $0 < $1 : sums[$0] > sums[$1] }
  }
}
