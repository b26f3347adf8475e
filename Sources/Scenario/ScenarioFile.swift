// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
public import Results
public import Simulator
internal import YAMLReader

/// A scenario that has been read, checked and made ready to run.
public struct LoadedScenario: Sendable {
  public let model: Model
  /// The scenario with all its defaults filled in.
  let resolved: Scenario
  /// The folder that relative paths of the scenario start from.
  public let directory: String
  /// The files that go with the scenario, as paths to open: its traces and tables.
  public let inputs: [String]
  /// What can be run and is hardly meant, each as `file:line:column: path: text`.
  public let warnings: [String]
  /// What was read of each of them already; nil for the traces, which the run reads as it goes.
  public let recordsAtLoad: [FileRecord?]
  /// Whether the model would be another one with another seed, in more than the seed.
  let seedIsUsed: Bool

  /// The scenario with all its defaults filled in, as JSON; it loads as the same model.
  ///
  /// Made when it is asked for: a run that writes nothing has no use for it.
  public var resolvedJSON: String { resolved.node.json }

  /// The folder as a path that holds wherever a program is started.
  public var absoluteDirectory: String {
    guard let resolved = realpath(directory, nil) else { return directory }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// Reads scenario files.
public enum ScenarioFile {
  /// Reads and checks a scenario, with settings such as `network.links[0].capacity=400 Gbps`.
  ///
  /// What is removed goes first, such as `events`. Reading and checking are two stages; each
  /// reports all that it finds. A network can be looked at before it has traffic; a run needs some.
  public static func load(
    path: String, settings: [String] = [], removing removed: [String] = [],
    needsTraffic: Bool = true
  ) throws(ScenarioErrors) -> LoadedScenario {
    var problems = Problems(file: path)
    let root = Node.read(file: path, problems: &problems)
    return try load(
      root, directory: directory(of: path), settings: settings, removing: removed,
      needsTraffic: needsTraffic, problems: problems)
  }

  /// The built-in national network with its fibres ready to be lit, and without traffic.
  public static func national(
    settings: [String] = [], removing removed: [String] = []
  ) throws(ScenarioErrors) -> LoadedScenario {
    let text = "{scenario: national, network: {use: national}, light: {}}"
    var problems = Problems(file: "national")
    let root = Node.read(Array(text.utf8), problems: &problems)
    return try load(
      root, directory: ".", settings: settings, removing: removed, needsTraffic: false,
      problems: problems)
  }

  private static func load(
    _ root: Node?, directory: String, settings: [String], removing removed: [String],
    needsTraffic: Bool, problems: Problems
  ) throws(ScenarioErrors) -> LoadedScenario {
    var problems = problems
    let changes =
      removed.compactMap { Setting(removing: $0, problems: &problems) }
      + settings.compactMap { Setting($0, problems: &problems) }
    guard let root else { throw ScenarioErrors(problems) }
    return try load(
      root, directory: directory, changes: changes, needsTraffic: needsTraffic,
      problems: problems)
  }

  /// Makes the changes to what a file holds, and reads and checks what there is then.
  static func load(
    _ root: Node, directory: String, changes: [Setting], needsTraffic: Bool = true,
    problems: Problems
  ) throws(ScenarioErrors) -> LoadedScenario {
    var root = root
    var problems = problems
    root.apply(changes, problems: &problems)
    guard let scenario = Scenario.read(root, path: .root, problems: &problems) else {
      throw ScenarioErrors(problems)
    }
    return try check(
      scenario, directory: directory, needsTraffic: needsTraffic, problems: problems)
  }

  /// Checks a scenario for consistency and makes it ready to run.
  static func check(
    _ scenario: consuming Scenario, directory: String, needsTraffic: Bool = true,
    problems: Problems
  ) throws(ScenarioErrors) -> LoadedScenario {
    // Where it lies: a copy of all that was written would be made at the first change.
    scenario.fillIn()
    var checker = Checker(scenario, directory: directory, problems: problems)
    let model = checker.model(needsTraffic: needsTraffic)
    guard checker.problems.isEmpty else { throw ScenarioErrors(checker.problems) }
    return LoadedScenario(
      model: model, resolved: checker.scenario, directory: directory,
      inputs: checker.inputs.map(\.path),
      warnings: checker.warnings.sorted.map(\.description),
      recordsAtLoad: checker.inputs.map(\.record), seedIsUsed: checker.seedIsUsed)
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// The JSON Schema of scenario files.
public enum JSONSchema {
  /// The schema as text, after draft 2020-12, made from what the reader itself goes by.
  public static var text: String { text(of: Scenario.self, title: "cpnsim scenario") }

  /// That of another kind of file.
  package static func text<File: Section>(of file: File.Type, title: String) -> String {
    let head: [(String, Node)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("title", .text(title)),
    ]
    guard case .mapping(let entries) = File.schema.content else { return "" }
    return Node.mapping(head + entries.map { ($0.key, $0.value) }).json
  }
}
