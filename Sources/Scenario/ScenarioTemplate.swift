// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import Simulator
public import Traces
public import YAMLReader

/// A scenario file that is read once, to be changed and checked many times.
///
/// A study has thousands of variants of a scenario: each is the file with some settings.
public struct ScenarioTemplate: Sendable {
  public let path: String
  private let root: Node
  private let problems: Problems
  /// The folder that relative paths of the scenario start from.
  public let directory: String

  /// What is in the file, as JSON.
  public var json: String { root.json }

  /// Reads the file; what is in it is checked with each variant.
  public init(path: String) throws(ScenarioErrors) {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems) else {
      throw ScenarioErrors(problems)
    }
    self.path = path
    self.root = root
    self.problems = problems
    directory = ScenarioFile.directory(of: path)
  }

  /// The scenario with these changes, in their order.
  public func load(
    _ changes: [Setting], needsTraffic: Bool = true
  ) throws(ScenarioErrors) -> LoadedScenario {
    try ScenarioFile.load(
      root, directory: directory, changes: changes, needsTraffic: needsTraffic,
      problems: problems)
  }
}

extension LoadedScenario {
  /// The same scenario, whose runs share the rows of traces with others.
  public func sharing(_ traces: SharedTraces) -> LoadedScenario {
    var model = model
    model.sharedTraces = traces
    return LoadedScenario(
      model: model, resolved: resolved, directory: directory, inputs: inputs, warnings: warnings,
      recordsAtLoad: recordsAtLoad, seedIsUsed: seedIsUsed)
  }

  /// The resolved scenario but for its seed, as JSON: what runs with different seeds share.
  ///
  /// Without what is expected of them too, which changes nothing in them.
  public var seedlessJSON: String {
    var scenario = resolved
    scenario.seed = Seed(value: 0)
    scenario.expect = nil
    return scenario.node.json
  }

  /// The same scenario with another seed.
  ///
  /// Where the check itself draws by chance, as it does for demands over fabrics and for channels
  /// that are lit at random, it is done again.
  public func seeded(_ seed: UInt64) throws(ScenarioErrors) -> LoadedScenario {
    guard seed != model.seed else { return self }
    var changed = resolved
    changed.seed = Seed(value: seed)
    guard !seedIsUsed else {
      return try ScenarioFile.check(
        changed, directory: directory, problems: Problems(file: model.name))
    }
    var model = model
    model.seed = seed
    model.lit.take(seed: seed)
    return LoadedScenario(
      model: model, resolved: changed, directory: directory, inputs: inputs, warnings: warnings,
      recordsAtLoad: recordsAtLoad, seedIsUsed: false)
  }
}
