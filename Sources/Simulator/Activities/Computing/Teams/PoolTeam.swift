// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// A training job over several pools: what it takes of each, and what an iteration takes it.
///
/// It becomes a job on each of its pools. These are a *team*: they begin, stop, fail and end as one.
public struct PoolTeam: Sendable {
  /// What it takes of one pool.
  public struct Part: Equatable, Sendable {
    public var pool: Int
    public var accelerators: Int

    public init(pool: Int, accelerators: Int) {
      self.pool = pool
      self.accelerators = accelerators
    }
  }

  public var parts: [Part]
  /// Its jobs and what they exchange, on the fabrics of the scenario and nobody else there.
  public var training: TrainingModel

  public init(_ parts: [Part], _ training: TrainingModel) {
    self.parts = parts
    self.training = training
  }

  /// The time of an iteration, from a run of one over the network with nothing else on it.
  func iterationSeconds(in topology: Topology, seed: UInt64) throws(RunError) -> Double {
    try training.iterationSeconds(in: topology, seed: seed)
  }
}
