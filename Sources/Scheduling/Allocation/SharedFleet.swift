// SPDX-License-Identifier: GPL-3.0-or-later

/// Accelerators of several types, and the jobs that share them.
public struct SharedFleet: Equatable, Sendable {
  public struct AcceleratorType: Equatable, Sendable {
    public var name: String
    public var count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  public struct Job: Equatable, Sendable {
    public var name: String
    /// How many accelerators it has while it runs, whatever their type.
    public var accelerators: Int
    /// How much of a fair share it is to have, beside others.
    public var weight: Double
    /// What it still has to do; nil where nobody has said so.
    public var steps: Double?
    /// Steps a second of the whole job on each type; 0 where it does not run.
    public var speeds: [Double]
    /// When it comes, in seconds.
    public var arrival = 0.0

    public init(
      name: String, accelerators: Int, weight: Double, steps: Double?, speeds: [Double],
      arrival: Double = 0
    ) {
      self.name = name
      self.accelerators = accelerators
      self.weight = weight
      self.steps = steps
      self.speeds = speeds
      self.arrival = arrival
    }
  }

  public var types: [AcceleratorType]
  public var jobs: [Job]

  public init(types: [AcceleratorType], jobs: [Job]) {
    self.types = types
    self.jobs = jobs
  }
}

extension SharedFleet {
  /// Steps a second of a job where it is on each type for that type's share of the fleet.
  ///
  /// What a job would have if all had the same and could use all of it: the measure of fairness.
  func equalShareSpeed(of job: Job) -> Double {
    let all = types.reduce(0) { $0 + $1.count }
    guard all > 0 else { return 0 }
    return zip(types, job.speeds).reduce(0) { $0 + Double($1.0.count) / Double(all) * $1.1 }
  }

  /// The speeds of a job on the types that there are any of.
  func usableSpeeds(of job: Job) -> [Double] {
    zip(types, job.speeds).map { $0.count > 0 ? $1 : 0 }
  }
}
