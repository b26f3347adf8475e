// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

/// Checks a scenario against itself and makes the model of it.
///
/// It goes through everything and collects all problems; the model counts only where there are
/// none. What refers to something that is itself in error is not reported again.
struct Checker {
  let scenario: Scenario
  let directory: String
  var problems: Problems
  /// The trace files, in the order of the file.
  var inputs: [String] = []
  var resolver: PathResolver
  /// False where links or nodes are in error, and routes would say so again.
  let isNetworkSound: Bool
  let classes: [String: Int]
  var routes = RouteTable()

  init(_ scenario: Scenario, directory: String, problems: Problems) {
    self.scenario = scenario
    self.directory = directory
    var builder = NetworkBuilder(problems: problems)
    builder.build(scenario.network)
    isNetworkSound = builder.problems.all.count == problems.all.count
    self.problems = builder.problems
    resolver = PathResolver(builder.topology)
    classes = Dictionary(
      scenario.classes.enumerated().map { ($1.name.value.text, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func model() -> Model {
    checkUnique(scenario.classes.map(\.name), kind: "class")
    checkUnique(
      scenario.traffic.flatMap { $0.flows ?? [] }.map(\.flow), kind: "flow")
    checkUnique(scenario.traffic.compactMap { $0.generate?.name }, kind: "generator")
    if scenario.traffic.isEmpty {
      report(
        "found an empty list, expected at least one entry", at: scenario.origin, key: "traffic")
    }
    let traffic = scenario.traffic.compactMap { source(of: $0) }
    return Model(
      name: scenario.name, description: scenario.description,
      duration: scenario.duration?.value, seed: scenario.seed.value, topology: resolver.topology,
      classes: scenario.classes.map { $0.trafficClass }, routes: routes.all, traffic: traffic,
      changes: changes(), outputs: outputs())
  }

  private mutating func outputs() -> Outputs {
    guard let wanted = scenario.outputs else { return Outputs() }
    if Set(wanted.value).count < wanted.value.count {
      problems.add(
        found: "an output twice", expected: "each once", at: wanted.place, path: wanted.path)
    }
    if wanted.value.contains(.links), scenario.sampleEvery == nil {
      problems.add(
        "links needs sample_every, or a duration, to tell how often to sample them",
        at: wanted.place, path: wanted.path)
    }
    return Outputs(kinds: Set(wanted.value), sampleEvery: scenario.sampleEvery?.value)
  }
}

// MARK: - Reporting

extension Checker {
  mutating func report(_ text: String, at origin: Origin, key: String? = nil) {
    problems.add(text, at: origin.place, path: key.map { origin.path.key($0) } ?? origin.path)
  }

  mutating func report<Value>(_ text: String, at written: Written<Value>) {
    problems.add(text, at: written.place, path: written.path)
  }

  mutating func checkUnique(_ names: [Written<Name>], kind: String) {
    problems.addRepetitions(in: names, kind: kind)
  }

  /// The position of a class; 0 where there is none, which is reported.
  mutating func classIndex(_ name: Written<Name>) -> Int {
    if let index = classes[name.value.text] { return index }
    report(
      unknownName(name.value.text, kind: "class", among: scenario.classes.map(\.name.value.text)),
      at: name)
    return 0
  }
}

extension Problems {
  /// Reports every name that an earlier one has already.
  mutating func addRepetitions(in names: [Written<Name>], kind: String) {
    var first: [Name: Place] = [:]
    for name in names {
      guard let place = first.updateValue(name.place, forKey: name.value) else { continue }
      first[name.value] = place
      let text = Node.quoted(name.value.text)
      let earlier = if case .mark(let mark) = place { ", first in line \(mark.line)" } else { "" }
      add("a second \(kind) \(text)\(earlier)", at: name.place, path: name.path)
    }
  }
}

extension ClassSection {
  fileprivate var trafficClass: TrafficClass {
    TrafficClass(
      name: name.value.text, weight: weight.value, floor: floor,
      ceiling: ceiling?.value ?? .unlimited, priority: priority)
  }
}
