// SPDX-License-Identifier: GPL-3.0-or-later
public import FlowMath

/// What an allocation of types to jobs is to be best at.
public enum AllocationObjective: String, CaseIterable, Sendable {
  /// The least of the jobs' speeds, each over its weight and its speed with an equal share.
  case maxMin = "max-min"
  /// The sum of the jobs' speeds.
  case maxSum = "max-sum"
  /// The time until the last job has done its steps.
  case minMakespan = "min-makespan"
}

/// Why there is no allocation.
public enum AllocationError: Error, Equatable, Sendable {
  /// No share of anything lets this job go on, so that the worst of jobs is as bad as can be.
  case runsNowhere(job: String)
  /// How much a job has to do is not known.
  case noSteps(job: String)
  /// It needs more accelerators than there are of any type that it runs on.
  case neverFits(job: String)
  case unsolved(LinearProgramError)
}

/// Which part of the time each job is to run on each type.
public struct Allocation: Sendable {
  /// By job, and within a job by type.
  public var shares: [Double]
  /// What the objective loses for a unit of each share; by job and type.
  ///
  /// Nothing where there is a share: only what runs beside the allocation costs anything.
  public var losses: [Double]
  /// The proof that nothing is better, of the linear program in its own measures.
  public var proof = OptimalityProof()
  /// How many steps the simplex method took.
  public var steps = 0

  public init(
    shares: [Double], losses: [Double], proof: OptimalityProof = OptimalityProof(), steps: Int = 0
  ) {
    self.shares = shares
    self.losses = losses
    self.proof = proof
    self.steps = steps
  }
}

extension SharedFleet {
  /// The best allocation by an objective, in which jobs that are alike have the same shares.
  ///
  /// All shares x of job i on type j are found at once, with speeds T and k accelerators a job:
  ///
  ///     sum over j of x_ij <= 1,   sum over i of k_i x_ij <= count_j,   x >= 0
  public func allocation(
    for objective: AllocationObjective
  ) throws(AllocationError) -> Allocation {
    guard !jobs.isEmpty else { return Allocation(shares: [], losses: []) }
    let program = try AllocationProgram(self, objective)
    do {
      return program.allocation(at: try program.program.maximised())
    } catch {
      throw .unsolved(error)
    }
  }

  /// The allocation that gives each job as much of each type, as far as its time goes.
  public func equalShares() -> Allocation {
    let shares = jobs.map { job in
      let even = types.map { Double($0.count) / Double(jobs.count * job.accelerators) }
      let sum = even.reduce(0, +)
      return even.map { $0 / max(sum, 1) }
    }
    return Allocation(
      shares: Array(shares.joined()), losses: Array(repeating: 0, count: jobs.count * types.count))
  }

  /// The steps a second of a job with its shares.
  public func speed(ofJob job: Int, in allocation: Allocation) -> Double {
    types.indices.reduce(0) {
      $0 + jobs[job].speeds[$1] * allocation.shares[job * types.count + $1]
    }
  }

  /// How many accelerators of a type are in use, in the mean over time.
  public func use(ofType type: Int, in allocation: Allocation) -> Double {
    jobs.indices.reduce(0) {
      $0 + Double(jobs[$1].accelerators) * allocation.shares[$1 * types.count + type]
    }
  }

  /// What an objective comes to, by its definition alone: a ratio, steps a second, or seconds.
  ///
  /// Nothing of no jobs; without end, or not a number, where some job can't be measured by it.
  public func value(of objective: AllocationObjective, in allocation: Allocation) -> Double {
    let speeds = jobs.indices.map { speed(ofJob: $0, in: allocation) }
    return switch objective {
    case .maxMin: jobs.indices.map { fairness(ofJob: $0, in: allocation) }.min() ?? 0
    case .maxSum: speeds.reduce(0, +)
    case .minMakespan: zip(jobs, speeds).map { ($0.steps ?? .nan) / $1 }.max() ?? 0
    }
  }

  /// The speed of a job times its accelerators, over its weight and its speed with an equal share.
  public func fairness(ofJob job: Int, in allocation: Allocation) -> Double {
    Double(jobs[job].accelerators) * speed(ofJob: job, in: allocation) / fairSpeed(of: jobs[job])
  }

  /// What a job's speed, times its accelerators, is measured by in max-min.
  func fairSpeed(of job: Job) -> Double { job.weight * equalShareSpeed(of: job) }
}
