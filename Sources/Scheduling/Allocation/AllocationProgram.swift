// SPDX-License-Identifier: GPL-3.0-or-later
internal import FlowMath

// The three objectives as linear programs over the shares x:
//
//   max-sum       maximise sum of T_ij x_ij
//   max-min       maximise r  with  r <= k_i (T_i x_i) / (weight_i T_i(equal share))
//   min-makespan  maximise r  with  r <= (T_i x_i) / steps_i,  the makespan being 1 / r
//
// with a block a job (its time, and the row of r) and a link a type. Jobs that are alike share a
// block, in which each has the same: of one solution and the same with their shares exchanged the
// mean is as good. All is measured so that entries are of the order of 1: capacities by
// themselves, speeds by the greatest of their row.
// (D. Narayanan, K. Santhanam, F. Kazhamiaka, A. Phanishayee, M. Zaharia, "Heterogeneity-Aware
// Cluster Scheduling Policies for Deep Learning Workloads", OSDI 2020, section 4, where the
// makespan is found by bisection.)

/// The linear program of a fleet and an objective.
struct AllocationProgram {
  /// Jobs that the program can't tell from each other.
  private struct Group {
    var jobs: [Int]
    var accelerators: Int
    /// What speeds are measured by.
    var measure: Double
    /// On the types that there are any of.
    var speeds: [Double]

    var greatestSpeed: Double { speeds.max() ?? 0 }
  }

  private(set) var program: BlockProgram
  private let groups: [Group]

  init(_ fleet: SharedFleet, _ objective: AllocationObjective) throws(AllocationError) {
    let hasLeast = objective != .maxSum
    groups = Self.groups(of: fleet, try Self.measures(of: fleet, objective))
    program = BlockProgram(
      BlockProgram.Shape(
        blocks: groups.count, rows: hasLeast ? 2 : 1, columns: fleet.types.count,
        links: fleet.types.count, commons: hasLeast ? 1 : 0))
    addTimes(of: fleet)
    if hasLeast { addLeast() } else { addSum() }
  }

  /// What the objective loses for a unit of each share, and the shares, by job and type.
  func allocation(at solution: LinearSolution) -> Allocation {
    let types = program.shape.columns
    let gains = program.gains(at: solution)
    let jobs = groups.reduce(0) { $0 + $1.jobs.count }
    let nothing = Array(repeating: 0.0, count: jobs * types)
    var allocation = Allocation(
      shares: nothing, losses: nothing, proof: program.proof(of: solution),
      steps: solution.steps)
    for (block, group) in groups.enumerated() {
      for type in 0..<types {
        let column = block * types + type
        for job in group.jobs {
          allocation.shares[job * types + type] = solution.values[column]
          allocation.losses[job * types + type] =
            max(0, -gains[column]) / Double(group.jobs.count)
        }
      }
    }
    return allocation
  }

  /// The rows that a job runs once at a time, and that a type has so many accelerators.
  ///
  /// A job's column of a type that it can't use stays empty: with its time alone in it, it would
  /// be a second slack, and could have a share.
  private mutating func addTimes(of fleet: SharedFleet) {
    let (rows, types) = (program.shape.rows, fleet.types.count)
    for (block, group) in groups.enumerated() {
      program.rowLimits[block * rows] = 1
      for (type, kind) in fleet.types.enumerated() where group.speeds[type] > 0 {
        let column = block * types + type
        program.within[column * rows] = 1
        program.across[column * types + type] =
          Double(group.jobs.count * group.accelerators) / Double(kind.count)
      }
    }
    for (type, kind) in fleet.types.enumerated() {
      program.linkLimits[type] = kind.count > 0 ? 1 : 0
    }
  }

  private mutating func addSum() {
    let greatest = groups.map(\.greatestSpeed).max() ?? 0
    guard greatest > 0 else { return }
    program.gains = groups.flatMap { group in
      group.speeds.map { Double(group.jobs.count) * $0 / greatest }
    }
  }

  /// The rows that hold the least below what each job has.
  private mutating func addLeast() {
    let typical = groups.map { $0.greatestSpeed / $0.measure }.min() ?? 1
    let types = program.shape.columns
    program.commonGains[0] = 1
    for (block, group) in groups.enumerated() {
      program.commonWithin[block * 2 + 1] = group.measure / group.greatestSpeed * typical
      for type in 0..<types {
        program.within[(block * types + type) * 2 + 1] =
          -group.speeds[type] / group.greatestSpeed
      }
    }
  }

  /// What each job's speed is measured by.
  private static func measures(
    of fleet: SharedFleet, _ objective: AllocationObjective
  ) throws(AllocationError) -> [Double] {
    var measures: [Double] = []
    for job in fleet.jobs {
      let runs = fleet.usableSpeeds(of: job).contains { $0 > 0 }
      switch objective {
      case .maxSum: measures.append(1)
      case .maxMin:
        guard runs else { throw .runsNowhere(job: job.name) }
        measures.append(fleet.fairSpeed(of: job) / Double(job.accelerators))
      case .minMakespan:
        guard runs else { throw .runsNowhere(job: job.name) }
        guard let steps = job.steps else { throw .noSteps(job: job.name) }
        measures.append(steps)
      }
    }
    return measures
  }

  private static func groups(of fleet: SharedFleet, _ measures: [Double]) -> [Group] {
    let keys = fleet.jobs.indices.map {
      [Double(fleet.jobs[$0].accelerators), measures[$0]] + fleet.jobs[$0].speeds
    }
    let order = keys.indices.sorted {
      keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
    }
    var groups: [Group] = []
    for job in order {
      if let last = groups.last?.jobs.first, keys[last] == keys[job] {
        groups[groups.count - 1].jobs.append(job)
      } else {
        groups.append(
          Group(
            jobs: [job], accelerators: fleet.jobs[job].accelerators, measure: measures[job],
            speeds: fleet.usableSpeeds(of: fleet.jobs[job])))
      }
    }
    return groups
  }
}
