// SPDX-License-Identifier: GPL-3.0-or-later

/// How a model is spread over accelerators.
///
/// Ranks are numbered as Megatron does: tensor first, then data, then pipeline. Experts are
/// spread over neighbouring data ranks.
public struct ParallelPlan: Equatable, Sendable {
  public var data: Int
  public var tensor: Int
  public var pipeline: Int
  /// Stages of the same pipeline that stand at other sites.
  public var stagesElsewhere = 0
  public var expert: Int
  /// Sequences of an iteration.
  public var batch: Int
  /// Sequences that a replica takes at once.
  public var microbatch: Int
  public var algorithm: Collective.Algorithm
  /// Whether gradients are scattered and parameters gathered in place of one all-reduce.
  public var isSharded: Bool
  /// The part of the compute phase, at its end, beside which gradients are exchanged.
  public var overlap: Double
  /// What kernels reach of the peak.
  public var efficiency: Double

  public init(
    data: Int, tensor: Int = 1, pipeline: Int = 1, expert: Int = 1, batch: Int,
    microbatch: Int = 1, algorithm: Collective.Algorithm = .ring, isSharded: Bool = false,
    overlap: Double = 0, efficiency: Double
  ) {
    self.data = data
    self.tensor = tensor
    self.pipeline = pipeline
    self.expert = expert
    self.batch = batch
    self.microbatch = microbatch
    self.algorithm = algorithm
    self.isSharded = isSharded
    self.overlap = overlap
    self.efficiency = efficiency
  }

  public var gpus: Int { data * tensor * pipeline }

  /// Microbatches that each replica takes in an iteration.
  public var microbatches: Int { batch / (data * microbatch) }

  /// Steps of the pipeline from filling to draining: one a microbatch, and one for each stage
  /// but the first, in which it stands partly empty.
  public var slots: Int { microbatches + pipeline + stagesElsewhere - 1 }
}
