// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// A training job on accelerators of a fabric, as phases that repeat.
///
/// An iteration exchanges what it can't compute without, computes, and exchanges gradients from
/// `overlap` before the end of the compute phase on. It is over when all of that is.
public struct TrainingJob: Equatable, Sendable {
  public var name: String
  /// The position of its class in the model's table of classes.
  public var trafficClass: Int
  /// The position of its fabric in the model.
  public var fabric: Int
  public var placement: JobPlacement
  public var gpus: Int
  public var start: SimTime
  /// The names of transfers that must have arrived before it starts.
  public var after: [String]
  public var iterations: Int
  public var compute: SimDuration
  public var overlap: Double
  /// One behind another, before the compute phase.
  public var blocking: [JobExchange]
  /// One behind another, from within the compute phase on.
  public var gradients: [JobExchange]
  /// Operations of the model in an iteration, and what all accelerators could do in a second.
  public var operations: Double
  public var peak: Double
  /// Its part in a job over several sites; nil for a job by itself.
  public var membership: Membership?

  /// What one site does of a job that is spread over several.
  public struct Membership: Equatable, Sendable {
    /// When it meets the other sites.
    public enum Meeting: Equatable, Sendable {
      /// Behind so many exchanges of its gradients.
      case gradients(behind: Int)
      /// In its compute phase, which is part of a pipeline over all sites.
      case pipeline
    }

    /// The position in the model of the job that it is part of.
    public var span: Int
    public var meeting: Meeting

    public init(span: Int, meeting: Meeting) {
      self.span = span
      self.meeting = meeting
    }
  }

  public init(
    name: String, trafficClass: Int = 0, fabric: Int = 0, firstGPU: Int = 0, gpus: Int,
    start: SimTime = .zero, after: [String] = [], iterations: Int = 1, compute: SimDuration = .zero,
    overlap: Double = 0, blocking: [JobExchange] = [], gradients: [JobExchange] = [],
    operations: Double = 0, peak: Double = 0
  ) {
    self.name = name
    self.trafficClass = trafficClass
    self.fabric = fabric
    placement = .spaced(from: firstGPU, by: 1)
    self.gpus = gpus
    self.start = start
    self.after = after
    self.iterations = iterations
    self.compute = compute
    self.overlap = overlap
    self.blocking = blocking
    self.gradients = gradients
    self.operations = operations
    self.peak = peak
  }
}

/// A collective that all groups of a job do at the same time, some times in a row.
///
/// A group is `collective.ranks` ranks, `stride` apart; the groups tile the ranks of the job.
public struct JobExchange: Equatable, Sendable {
  public enum Purpose: String, CaseIterable, Sendable {
    case experts, tensors, pipeline, gradients, parameters
    case collective
  }

  public var purpose: Purpose
  public var collective: Collective
  public var stride: Int
  public var repeats: Int

  public init(_ purpose: Purpose, _ collective: Collective, stride: Int = 1, repeats: Int = 1) {
    self.purpose = purpose
    self.collective = collective
    self.stride = stride
    self.repeats = repeats
  }

  /// The rank in the job of a member of a group.
  public func rank(_ member: Int, ofGroup group: Int) -> Int {
    let (block, offset) = group.quotientAndRemainder(dividingBy: stride)
    return (block * collective.ranks + member) * stride + offset
  }
}
