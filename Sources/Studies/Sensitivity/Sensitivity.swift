// SPDX-License-Identifier: GPL-3.0-or-later
internal import Statistics

/// How much a metric of a study depends on each of its axes.
public struct Sensitivity: Sendable {
  public let metric: String
  /// How many runs the study has, and how many of them have no value of it.
  public let runs: Int
  public let missing: Int
  /// For axes whose levels are combined: each level beside the first.
  public let effects: [AxisEffect]
  /// For axes that are drawn by `saltelli`.
  public let shares: [AxisShare]

  /// Works it out of what the runs of a study gave.
  public init(of metric: String, _ plan: StudyPlan, in folder: StudyFolder) throws {
    let values = try MetricTable(metric, plan, in: folder)
    self.metric = metric
    runs = values.runs
    missing = values.missing
    effects = Sensitivity.effects(plan.study, values)
    shares = try Sensitivity.shares(plan.study, values)
  }

  // MARK: - One at a time

  private static func effects(_ study: Study, _ values: MetricTable) -> [AxisEffect] {
    let ofScenarios = study.scenarios.indices.dropFirst().compactMap { scenario in
      effect(
        of: Study.scenarioColumn, study.scenarios.map(\.label), at: scenario, study, values
      ) { cell in
        cell.scenario == scenario ? study.position(of: cell, scenario: 0) : nil
      }
    }
    let ofAxes = study.axes.indices.filter { !study.isDrawn(axis: $0) }.flatMap { axis in
      (1..<max(1, study.axes[axis].levels.count)).compactMap { level in
        effect(
          of: study.axes[axis].name, study.axes[axis].levels.map(\.label), at: level, study, values
        ) { cell in
          cell.levels[axis] == level ? study.position(of: cell, with: axis, at: 0) : nil
        }
      }
    }
    return ofScenarios + ofAxes
  }

  /// `first` gives the variant at the first level, of those that are at another one.
  private static func effect(
    of axis: String, _ labels: [String], at level: Int, _ study: Study, _ values: MetricTable,
    first: (Cell) -> Int?
  ) -> AxisEffect? {
    var bases: [Double] = []
    var differences: [Int: [Double]] = [:]
    for position in 0..<study.cellCount {
      guard let other = first(study.cell(position)) else { continue }
      for (seed, value) in values.values(of: position) {
        guard let base = values.value(of: other, seed: seed) else { continue }
        bases.append(base)
        differences[seed, default: []].append(value - base)
      }
    }
    let bySeed = differences.keys.sorted().compactMap { differences[$0] }
    let means = bySeed.compactMap { MeanEstimate($0)?.mean }
    guard let difference = MeanEstimate(means), let base = MeanEstimate(bases) else { return nil }
    return AxisEffect(
      axis: axis, from: labels[0], to: labels[level], base: base.mean, pairs: bases.count,
      difference: difference)
  }

  // MARK: - Shares of variance

  private static func shares(_ study: Study, _ values: MetricTable) throws -> [AxisShare] {
    guard let design = study.design else {
      let isDrawn = study.axes.indices.allSatisfy { study.isDrawn(axis: $0) }
      guard !isDrawn || study.scenarios.count > 1 else { throw WrongDesign.otherSample }
      return []
    }
    guard study.cellCount == design.count else { throw WrongDesign.otherAxes }
    let outputs = try (0..<study.cellCount).map { position in
      let own = values.values(of: position).map(\.value)
      guard own.count == study.replications.most, let mean = MeanEstimate(own)?.mean else {
        throw WrongDesign.missingRuns(study.description(of: study.cell(position)))
      }
      return mean
    }
    guard let indices = SobolIndices(outputs: outputs, of: design) else { return [] }
    let names = study.axes.indices.filter { study.isDrawn(axis: $0) }.map { study.axes[$0].name }
    return names.indices.map {
      AxisShare(axis: names[$0], first: indices.first[$0], total: indices.total[$0])
    }
  }
}

/// A study whose shares of variance can't be told.
public enum WrongDesign: Error, CustomStringConvertible {
  case otherAxes
  case otherSample
  case missingRuns(String)

  public var description: String {
    switch self {
    case .otherAxes:
      "shares of variance need a study whose axes all have between, without where and scenarios"
    case .otherSample:
      "the values of all axes are drawn; expected sample: {method: saltelli, count: 64}"
    case .missingRuns(let variant):
      "shares of variance need all runs of the study, and some of \(variant) are missing"
    }
  }
}
