// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Traces

/// A job as it is submitted: what it asks for, and what only the simulator knows.
public struct OfferedJob: Equatable, Sendable {
  /// Counted from 1 within its source.
  public var number: Int
  /// Nil where its name is made of its source's and its number.
  public var name: String?
  public var submitted: SimTime
  public var accelerators: Int
  /// How long it runs on accelerators of speed 1, if nothing ends it before.
  public var run: SimDuration
  /// How long its user asks for there; what has not ended by then is ended.
  public var requested: SimDuration
  /// What moves to the pool before it starts, and away from it when it has ended.
  public var inputBytes: Double
  public var outputBytes: Double
  /// Which of the places its input comes from.
  public var place: Int
  /// The smaller, the sooner.
  public var priority: Int
  public var deadline: SimTime?
  /// Whose it is in its trace.
  public var user: Int?

  public init(
    number: Int, name: String? = nil, submitted: SimTime, accelerators: Int, run: SimDuration,
    requested: SimDuration? = nil, inputBytes: Double = 0, outputBytes: Double = 0,
    place: Int = 0, priority: Int = 1, deadline: SimTime? = nil, user: Int? = nil
  ) {
    self.number = number
    self.name = name
    self.submitted = submitted
    self.accelerators = accelerators
    self.run = run
    self.requested = requested ?? run
    self.inputBytes = inputBytes
    self.outputBytes = outputBytes
    self.place = place
    self.priority = priority
    self.deadline = deadline
    self.user = user
  }
}

/// Where jobs come from.
public enum JobSource: Sendable {
  /// Written in the scenario file, in the order of their submission.
  case listed([OfferedJob])
  case generated(JobGenerator)
  /// Read from a file while the run goes on.
  case trace(JobTrace)
}

/// A file of jobs, and what its rows move.
public struct JobTrace: Sendable {
  public var file: String
  public var format: JobFormat
  public var options: TraceOptions
  /// Of each job, there and back.
  public var inputBytes: Double
  public var outputBytes: Double
  /// Whether the bytes are for each accelerator.
  public var isPerAccelerator: Bool
  /// The weights of the places that input comes from.
  public var places: [Double]
  public var deadline: DeadlineRule?

  public init(
    file: String, format: JobFormat, options: TraceOptions, inputBytes: Double = 0,
    outputBytes: Double = 0, isPerAccelerator: Bool = false, places: [Double] = [],
    deadline: DeadlineRule? = nil
  ) {
    self.file = file
    self.format = format
    self.options = options
    self.inputBytes = inputBytes
    self.outputBytes = outputBytes
    self.isPerAccelerator = isPerAccelerator
    self.places = places
    self.deadline = deadline
  }
}
