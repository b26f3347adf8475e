// SPDX-License-Identifier: GPL-3.0-or-later

/// What is compared: one run, the runs of a study, or those of a scenario.
public struct ComparedSide: Sendable {
  /// As the user calls it.
  public var name: String
  /// What there is to say of it in a few words: `seed 1, digest ...`.
  public var about: String
  /// The columns that tell its variants apart; none for runs and scenarios.
  public var axes: [String] = []
  public var metrics: [ComparedMetric]
  public var variants: [ComparedVariant]
  /// What its reader should know of it, in whole sentences.
  public var notes: [String] = []
  /// Whether it is a folder of one run, which can be explained.
  public internal(set) var isRun = false
  /// What the run says of itself.
  public internal(set) var findings: [RunFinding] = []

  public init(
    name: String, about: String, axes: [String] = [], metrics: [ComparedMetric],
    variants: [ComparedVariant], notes: [String] = []
  ) {
    self.name = name
    self.about = about
    self.axes = axes
    self.metrics = metrics
    self.variants = variants
    self.notes = notes
  }
}

/// What was found worth saying of a run, as its manifest has it.
public struct RunFinding: Equatable, Sendable {
  public var kind: String
  public var text: String
  /// The command that shows more.
  public var command: String?
}

/// A metric of a side.
public struct ComparedMetric: Hashable, Sendable {
  public var name: String
  /// Empty for counts and ratios.
  public var unit: String

  public init(_ name: String, unit: String = "") {
    self.name = name
    self.unit = unit
  }
}

/// The runs of one variant.
public struct ComparedVariant: Sendable {
  /// The values of the axes.
  public var labels: [String]
  public var runs: [ComparedRun]

  public init(labels: [String] = [], runs: [ComparedRun]) {
    self.labels = labels
    self.runs = runs
  }
}

/// What came of one run.
public struct ComparedRun: Sendable {
  public var seed: UInt64
  /// The digest over its events.
  public var digest: String
  /// One for each metric of the side; not a number where there was nothing to measure.
  public var values: [Double]
  /// Where its tables are, of a study that keeps them.
  var folder: String?

  public init(seed: UInt64, digest: String, values: [Double]) {
    self.seed = seed
    self.digest = digest
    self.values = values
  }
}

/// Things that can't be compared.
public struct IncomparableSides: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
