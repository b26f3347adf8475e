// SPDX-License-Identifier: GPL-3.0-or-later
public import Statistics

/// Requests or jobs as a known trace has them: distributions of the trace's mean and variation.
///
/// Independent draws keep the mean and the variation of gaps, tokens, processors and run times. What
/// the trace has beyond that, its order and what depends on what, they don't keep.
public struct WorkloadPreset: Sendable {
  public enum Quantity: String, Sendable {
    /// Seconds from one arrival to the next.
    case gap
    /// Tokens of a request.
    case input
    case output
    /// Processors of a job.
    case processors
    case runTime = "run_time"
  }

  /// What the trace has of a quantity, and what is drawn for it.
  public struct Figure: Sendable {
    public var quantity: Quantity
    public var unit: String
    public var samples: Int
    public var mean: Double
    /// The standard deviation over the mean.
    public var variation: Double
    /// Of the trace, at the fractions of `fractions`.
    public var quantiles: [Double]
    public var distribution: Distribution
    public var source: String
  }

  public static let fractions = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99]

  public let name: String
  public fileprivate(set) var figures: [Figure] = []
  /// Factors of the rate through the day, with a mean of 1; none where the trace is too short.
  public fileprivate(set) var daily: [Double] = []

  public subscript(quantity: Quantity) -> Figure? {
    figures.first { $0.quantity == quantity }
  }

  /// Whether it is of jobs, which move bytes for each processor; else for each token.
  public var isOfJobs: Bool { self[.processors] != nil }

  /// How arrivals follow each other; nil where the trace does not tell.
  public var arrivals: ArrivalProcess? {
    self[.gap].map { gap in
      if case .lognormal = gap.distribution {
        return .lognormal(perSecond: 1 / gap.mean, variation: gap.variation)
      }
      return .bursty(perSecond: 1 / gap.mean, variation: gap.variation)
    }
  }
}

extension WorkloadPreset {
  /// The presets that come with the program, from its table of workloads.
  public static func builtIn() -> [WorkloadPreset] {
    let text = String(decoding: PackageResources.presets_csv, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).dropFirst()
      .reduce(into: [WorkloadPreset]()) { presets, line in
        // No field of the table holds a comma.
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        precondition(fields.count == 15, "the table of presets has a row that is none: \(line)")
        if presets.last?.name != fields[0] { presets.append(WorkloadPreset(name: fields[0])) }
        presets[presets.count - 1].take(fields)
      }
  }

  public static func builtIn(named name: String) -> WorkloadPreset? {
    builtIn().first { $0.name == name }
  }

  private mutating func take(_ fields: [String]) {
    let choices = fields[13].split(separator: ";").map { choice in
      choice.split(separator: ":").compactMap { Double($0) }
    }
    precondition(choices.allSatisfy { $0.count == 2 }, "a choice has a value and a share")
    if fields[12] == "profile" {
      let total = choices.reduce(0) { $0 + $1[1] }
      daily = choices.map { $0[1] / total * Double(choices.count) }
      return
    }
    let numbers = fields[3...11].compactMap { Double($0) }
    guard let quantity = Quantity(rawValue: fields[1]), numbers.count == 9 else {
      preconditionFailure("the table of presets has a row that is none: \(fields)")
    }
    let (mean, variation) = (numbers[1], numbers[2] / numbers[1])
    let distribution: Distribution =
      switch fields[12] {
      case "gamma": .gamma(mean: mean, variation: variation)
      case "lognormal": .lognormal(mean: mean, variation: variation)
      case "choice": .empirical(values: choices.map { $0[0] }, weights: choices.map { $0[1] })
      default: preconditionFailure("the table of presets has no family \(fields[12])")
      }
    figures.append(
      Figure(
        quantity: quantity, unit: fields[2], samples: Int(numbers[0]), mean: mean,
        variation: variation, quantiles: Array(numbers[3...]), distribution: distribution,
        source: fields[14]))
  }
}
