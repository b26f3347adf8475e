// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Policies
internal import Results
internal import Simulator
internal import Text
internal import Traffic
internal import YAMLReader

/// Checks a scenario for consistency and makes the model of it.
///
/// It goes through everything and collects all problems; the model counts only where there are
/// none. What refers to something that is itself in error is not reported again.
struct Checker {
  let scenario: Scenario
  let directory: String
  var problems: Problems
  /// What can be run and is hardly meant.
  var warnings: Problems
  /// The traces and tables; of what the run reads there is no record yet.
  var inputs: [(path: String, record: FileRecord?)] = []
  /// The programs that say where tokens go, by the names of traffics.
  var tokenPrograms: [String: PolicyCommand] = [:]
  var resolver: PathResolver
  /// False where links or nodes are in error, and routes would say so again.
  let isNetworkSound: Bool
  let classes: [String: Int]
  var routes = RouteTable()
  let plant: FibrePlant
  let fibres: [String: FibreID]
  /// For the paths that the scenario spells out.
  let fibreNames: FibreNames
  let rings: [String: Int]
  /// Nil for one in error.
  let fabrics: [BalancedFabric?]
  /// Whether the check itself has drawn something by chance.
  var seedIsUsed = false

  init(_ scenario: Scenario, directory: String, problems: Problems) {
    self.scenario = scenario
    self.directory = directory
    var builder = NetworkBuilder(problems: problems)
    builder.build(
      scenario.network, lit: scenario.light?.links ?? [], hasPools: scenario.pools != nil)
    builder.buildLines(of: scenario.traffic.compactMap(\.elastic), beside: scenario.network)
    var plants = PlantBuilder(
      topology: builder.topology, line: scenario.light?.line, problems: builder.problems)
    plants.build(scenario.network)
    (plant, fibres, rings) = (plants.plant, plants.fibres, plants.rings)
    fibreNames = FibreNames(plant, sites: builder.topology.nodes)
    fabrics = builder.fabrics
    isNetworkSound = plants.problems.count == problems.count
    self.problems = plants.problems
    warnings = Problems(file: problems.file)
    resolver = PathResolver(builder.topology, places: scenario.placeNames)
    classes = Dictionary(
      scenario.classes.enumerated().map { ($1.name.value.text, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Wide enough for any share, and so narrow that sums over a billion flows stay exact enough.
  static let weights = 1e-9...1e9

  mutating func model(needsTraffic: Bool) -> Model {
    checkUnique(scenario.classes.map(\.name), kind: "class")
    for section in scenario.classes where !Checker.weights.contains(section.weight.value) {
      report(
        "found \(section.weight.value), expected a weight from 1e-9 to 1e9", at: section.origin,
        key: "weight")
    }
    for section in scenario.classes {
      guard let ceiling = section.ceiling, ceiling.value.value < section.floor else { continue }
      report("found a ceiling below the floor, expected floor <= ceiling", at: ceiling)
    }
    checkUnique(
      scenario.traffic.lazy.flatMap { ($0.flows ?? []).lazy.map(\.flow) }, kind: "flow",
      count: scenario.traffic.reduce(0) { $0 + ($1.flows?.count ?? 0) })
    checkUnique(
      scenario.traffic.compactMap { $0.generate?.name ?? $0.elastic?.name }, kind: "generator")
    checkUnique(scenario.traffic.compactMap { $0.trace?.name }, kind: "trace")
    checkWeightsOfNodes()
    if scenario.name.isEmpty {
      report("found \"\", expected a name", at: scenario.origin, key: "scenario")
    }
    if needsTraffic, scenario.traffic.isEmpty, scenario.light?.requests.isEmpty != false,
      !scenario.hasLoads
    {
      report(
        "found none, expected at least one entry", at: scenario.origin, key: "traffic")
    }
    var light = lightModel()
    let lit = lit(&light)
    let traffic = scenario.traffic.compactMap { source(of: $0) }
    let transfers = transferModel()
    let demands = demands()
    let tokens = tokenTraffic()
    let loss = lossModel(
      hasDemands: !demands.isEmpty || tokens.contains { $0.mayCrossNetwork })
    var classes = scenario.classes.map { $0.trafficClass }
    checkLossless(traffic + transfers.asFlows, classes, light)
    light.faults = faults(light)
    let training = trainingModel()
    let elastic = elasticModel(&classes)
    warnOfWhatComesTooLate()
    var model = Model(
      name: scenario.name, description: scenario.description,
      duration: scenario.duration?.value, warmUp: warmUp(), seed: scenario.seed.value,
      topology: resolver.topology,
      classes: classes, routes: routes.all, traffic: traffic, demands: demands, tokens: tokens,
      loss: loss,
      changes: changes(after: failedLinks()), light: light, lit: lit, training: training,
      elastic: elastic, transfers: transfers, outputs: outputs())
    model.computing = computingModel()
    model.serving = servingModel(on: &model.computing)
    model.tokenPrograms = tokenPrograms
    model.tokenTerms = tokenTerms(of: tokens, model.computing)
    model.lightProgram = command(of: scenario.light?.assignment)
    model.places = resolver.places
    model.expectations = scenario.expect?.map(\.expectation) ?? []
    return model
  }

  /// The time that statistics leave out.
  private mutating func warmUp() -> SimDuration {
    if let duration = scenario.duration, scenario.warmUp.value >= duration.value {
      report(
        "found a warm_up that leaves nothing of the run, expected less than its duration",
        at: scenario.warmUp)
    }
    return scenario.warmUp.value
  }

  private mutating func outputs() -> Outputs {
    guard let wanted = scenario.outputs else { return Outputs() }
    let kinds = Set(wanted.value.map(\.kind))
    checkPortsAreWanted(in: wanted, kinds)
    if kinds.count < wanted.value.count {
      problems.add(
        found: "an output twice", expected: "each once", at: wanted.place, path: wanted.path)
    }
    if kinds.contains(.links), scenario.sampleEvery == nil {
      problems.add(
        "links needs sample_every, or a duration, to tell how often to sample them",
        at: wanted.place, path: wanted.path)
    }
    var outputs = Outputs(kinds: kinds, sampleEvery: scenario.sampleEvery?.value)
    if let links = wanted.value.lazy.compactMap(\.links).first { outputs.linkRows = links.rows }
    return outputs
  }

  private mutating func checkPortsAreWanted(
    in wanted: Written<[OutputItem]>, _ kinds: Set<Outputs.Kind>
  ) {
    guard kinds.contains(.fabricLinks) else { return }
    if scenario.network.fabrics.isEmpty {
      report("found fabric-links, but no fabric has links; expected a network with one", at: wanted)
    } else if !kinds.contains(.links) {
      report(
        "found fabric-links, which are rows of links.csv; expected links beside it", at: wanted)
    }
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

  /// Checks that what begins at `start` has an end, and behind it.
  ///
  /// `hasCount` tells whether it ends by a count; nil where it can't.
  mutating func checkEnd(
    _ stop: Written<SimDuration>?, after start: SimDuration, hasCount: Bool? = nil,
    at origin: Origin
  ) {
    if let stop, stop.value <= start {
      report("found a stop that is not after start, expected a later one", at: stop)
    }
    if scenario.duration == nil, stop == nil, hasCount != true {
      let ends = hasCount == nil ? "stop" : "stop or count"
      report("never ends; expected \(ends) here, or a duration of the scenario", at: origin)
    }
  }

  mutating func checkUnique(
    _ names: some Sequence<Written<Name>>, kind: String, count: Int = 0
  ) {
    problems.addRepetitions(in: names, kind: kind, count: count)
  }

  /// The position of a class; 0 where there is none, which is reported.
  mutating func classIndex(_ name: Written<Name>) -> Int {
    if let index = classes[name.value.text] { return index }
    report(
      problems.unknown(
        name.value.text, kind: "class", among: scenario.classes.map(\.name.value.text)),
      at: name)
    return 0
  }
}

extension Problems {
  /// What to say of an unknown name; without a suggestion once there are many problems.
  ///
  /// The search for a near name takes as long as all the known ones are, for each problem.
  func unknown(
    _ name: String, kind: String, among known: @autoclosure () -> [String],
    orOneOf others: @autoclosure () -> [String] = []
  ) -> String {
    let mostSuggested = 200
    guard count < mostSuggested else { return "unknown \(kind) \(Node.quoted(name))" }
    return unknownName(name, kind: kind, among: known(), orOneOf: others())
  }

  /// Reports every name that an earlier one has already; there is room for `count` of them at once.
  mutating func addRepetitions(
    in names: some Sequence<Written<Name>>, kind: String, count: Int = 0
  ) {
    var known: Set<Name> = []
    known.reserveCapacity(count)
    // Where the first stands is looked for once there is a second: of hundreds of thousands of names mostly
    // none comes again.
    guard !names.allSatisfy({ known.insert($0.value).inserted }) else { return }
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
  // Put into its caller, it crashes the optimiser of Swift 6.3.1.
  @inline(never)
  var trafficClass: TrafficClass {
    TrafficClass(
      name: name.value.text, weight: weight.value, floor: floor,
      ceiling: ceiling?.value.value ?? .unlimited, priority: priority,
      onFailure: onFailure, patience: patience,
      transport: Transport(
        transport.value, window: window?.value.value, packet: packet?.value.value,
        timeout: timeout?.value.value, sack: sack?.value ?? true))
  }
}
