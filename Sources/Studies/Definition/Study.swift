// SPDX-License-Identifier: GPL-3.0-or-later
public import Scenario
internal import Statistics
internal import YAMLReader

/// Many variants of one scenario or a few, checked: what is run how often, and what is kept.
public struct Study: Sendable {
  /// The name of the study.
  public let name: String
  /// Its file.
  public let path: String
  public let scenarios: [StudyScenario]
  public let axes: [Axis]
  /// The changes that all variants have.
  let settings: [Setting]
  let dimensions: [Dimension]
  public let replications: Replications
  /// The metrics of the summary; nil for all.
  public let metrics: [String]?
  /// Whether the whole folder of each run stays.
  public let keepsRuns: Bool
  /// Which axes are drawn, by position.
  let drawnAxes: [Bool]
  /// The design of what is drawn for shares of variance.
  let design: SaltelliDesign?
  /// What the study asks a cluster for.
  let cluster: ClusterRequest?
  /// The combinations that are run, in order, each by its number among all.
  let combinations: [UInt32]

  /// More than any machine runs, and little enough to be planned.
  static let mostRuns = 10_000_000
}

/// A scenario file of a study.
public struct StudyScenario: Sendable {
  /// What tables call it.
  public let label: String
  public let template: ScenarioTemplate
}

/// How often each variant is run.
public enum Replications: Equatable, Sendable {
  /// With the seeds from 1 to a number.
  case seeds(Int)
  case until(IntervalRule)

  /// Whether a variant may do with fewer.
  var isOpen: Bool { if case .until = self { true } else { false } }

  /// The most seeds of a variant.
  public var most: Int {
    switch self {
    case .seeds(let count): count
    case .until(let rule): rule.most
    }
  }
}

/// One variant: a scenario with a level of each axis.
public struct Cell: Sendable {
  /// Its position among those that are run.
  public let position: Int
  /// The positions of its scenario and of its levels.
  let scenario: Int
  let levels: [Int]
}

extension Study {
  /// How many variants there are.
  public var cellCount: Int { combinations.count }

  /// The most runs that there can be.
  public var mostRuns: Int { cellCount * replications.most }

  /// The name of the column that says which scenario a run is of.
  static let scenarioColumn = "scenario"

  public func cell(_ position: Int) -> Cell {
    var rest = Int(combinations[position])
    var levels = Array(repeating: 0, count: axes.count)
    for dimension in dimensions.reversed() {
      for axis in dimension.axes { levels[axis] = rest % dimension.count }
      rest /= dimension.count
    }
    return Cell(position: position, scenario: rest, levels: levels)
  }

  public func scenario(of cell: Cell) -> StudyScenario { scenarios[cell.scenario] }

  func isDrawn(axis: Int) -> Bool { drawnAxes[axis] }

  /// The position of the variant that differs in one axis; nil where it is not run.
  func position(of cell: Cell, with axis: Int, at level: Int) -> Int? {
    position(of: cell, scenario: cell.scenario, with: axis, at: level)
  }

  /// The position of the same variant of another scenario.
  func position(of cell: Cell, scenario: Int) -> Int? {
    position(of: cell, scenario: scenario, with: -1, at: 0)
  }

  private func position(of cell: Cell, scenario: Int, with axis: Int, at level: Int) -> Int? {
    var number = scenario
    for dimension in dimensions {
      let own = dimension.axes.first.map { $0 == axis ? level : cell.levels[$0] } ?? 0
      number = number * dimension.count + own
    }
    // Combinations stand in order.
    var (low, high) = (0, combinations.count)
    while low < high {
      let middle = (low + high) / 2
      if combinations[middle] < UInt32(number) { low = middle + 1 } else { high = middle }
    }
    return low < combinations.count && combinations[low] == UInt32(number) ? low : nil
  }

  /// What tables call the levels of a variant, axis by axis.
  public func labels(of cell: Cell) -> [String] {
    zip(axes, cell.levels).map { $0.levels[$1].label }
  }

  /// The variant in words: `load 200, rule first-fit`.
  public func description(of cell: Cell) -> String {
    let scenario = scenarios.count > 1 ? ["scenario \(scenarios[cell.scenario].label)"] : []
    let values = zip(axes, labels(of: cell)).map { "\($0.name) \($1)" }
    return (scenario + values).joined(separator: ", ")
  }

  /// Reads and checks the scenario of a variant.
  public func load(_ cell: Cell) throws(ScenarioErrors) -> LoadedScenario {
    let changes = zip(axes, cell.levels).flatMap { $0.levels[$1].settings }
    return try scenarios[cell.scenario].template.load(settings + changes)
  }
}
