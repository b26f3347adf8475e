// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
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
    var presets: [WorkloadPreset] = []
    EmbeddedTable("presets", PackageResources.presets_csv).forEach { row in
      let name = row.text("preset")
      if presets.last?.name != name { presets.append(WorkloadPreset(name: name)) }
      presets[presets.count - 1].take(row)
    }
    return presets
  }

  public static func builtIn(named name: String) -> WorkloadPreset? {
    builtIn().first { $0.name == name }
  }

  private mutating func take(_ row: EmbeddedTable.Row) {
    let family = row.text("family")
    let choices = (row.optionalText("values") ?? "").split(separator: ";").map { choice in
      choice.split(separator: ":").compactMap { Double($0) }
    }
    precondition(choices.allSatisfy { $0.count == 2 }, "a choice has a value and a share")
    if family == "profile" {
      let total = choices.reduce(0) { $0 + $1[1] }
      daily = choices.map { $0[1] / total * Double(choices.count) }
      return
    }
    let mean = row.number("mean")
    let variation = row.number("deviation") / mean
    let distribution: Distribution =
      switch family {
      case "gamma": .gamma(mean: mean, variation: variation)
      case "lognormal": .lognormal(mean: mean, variation: variation)
      case "choice": .empirical(values: choices.map { $0[0] }, weights: choices.map { $0[1] })
      default: preconditionFailure("the table of presets has no family \(family)")
      }
    figures.append(
      Figure(
        quantity: row.choice("quantity"), unit: row.optionalText("unit") ?? "",
        samples: Int(row.number("samples")), mean: mean, variation: variation,
        quantiles: ["p05", "p25", "p50", "p75", "p95", "p99"].map { row.number($0) },
        distribution: distribution, source: row.text("source")))
  }
}
