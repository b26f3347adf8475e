// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traces
internal import Traffic
internal import YAMLReader

extension Scenario {
  /// Fills in what the file leaves to defaults that depend on the rest of it.
  mutating func fillIn() {
    let places = placeNames
    fillInBuiltIn(places)
    fillInEachFibre()
    fillInNodes()
    nameReferences(names(places))
    fillInClasses()
    fillInGeneratorNames()
    fillInTraceNames()
    fillInClientNames()
    placement?.fillIn()
    fillInOutputs()
  }

  private mutating func fillInNodes() {
    guard network.nodes == nil else { return }
    var seen: Set<Name> = []
    let ends =
      network.links.flatMap { [$0.from, $0.to] }.compactMap(\.self)
      + network.fibres.flatMap { $0.between?.value ?? [] } + placesOfPools
    network.nodes = ends.filter { seen.insert($0.value).inserted }.map { name in
      var node = NodeSection()
      node.name = name
      return node
    }
  }

  /// Where pools are, on a network of nothing else: a name that links do not know is a mistake.
  private var placesOfPools: [Written<Name>] {
    guard network.links.isEmpty, network.fibres.isEmpty else { return [] }
    return (pools?.list ?? []).map(\.at)
  }

  /// Whether pools have loads of electricity that go on without any traffic.
  var hasLoads: Bool { pools?.list.contains { $0.itPower != nil } == true }

  /// The class that flows have without naming one comes first, unless the file says its terms.
  private mutating func fillInClasses() {
    let standard = Name(TrafficClass.standard.name)
    guard !classes.contains(where: { $0.name.value == standard }) else { return }
    var section = ClassSection()
    section.name = Written(standard)
    classes.insert(section, at: 0)
  }

  private mutating func fillInGeneratorNames() {
    var number = 0
    for index in traffic.indices where traffic[index].generate != nil {
      number += 1
      guard let generator = traffic[index].generate, generator.name == nil else { continue }
      let name = Name("generator-\(number)")
      traffic[index].generate?.name = Written(
        name, place: generator.origin.place, path: generator.origin.path.key("name"))
    }
  }

  /// A trace of flows without a name is one whose counts nobody asked for.
  private mutating func fillInTraceNames() {
    var number = 0
    for index in traffic.indices {
      guard let trace = traffic[index].trace, trace.format != .flows || trace.isLenient else {
        continue
      }
      number += 1
      guard trace.name == nil else { continue }
      traffic[index].trace?.name = Written(
        Name("trace-\(number)"), place: trace.origin.place, path: trace.origin.path.key("name"))
    }
  }

  private mutating func fillInClientNames() {
    guard let sources = light?.requests else { return }
    var number = 0
    for index in sources.indices where sources[index].generate != nil {
      number += 1
      guard let generator = sources[index].generate, generator.name == nil else { continue }
      light?.requests[index].generate?.name = Written(
        Name("clients-\(number)"), place: generator.origin.place,
        path: generator.origin.path.key("name"))
    }
  }

  private mutating func fillInOutputs() {
    if sampleEvery == nil, let duration {
      let hundredth = max(1, duration.value.nanoseconds / 100)
      sampleEvery = Positive(SimDuration(nanoseconds: hundredth))
    }
    // Asked for by nobody, the links are left out where nothing says how often to sample them.
    outputs =
      outputs ?? Written(Outputs.Kind.allCases.filter { isUseful($0) }.map { OutputItem(kind: $0) })
  }

  /// Whether an output says something of this scenario.
  private func isUseful(_ kind: Outputs.Kind) -> Bool {
    switch kind {
    case .summary, .flows, .bottlenecks, .events: true
    case .links: sampleEvery != nil
    case .lightpaths, .paths: light != nil
    case .jobs: traffic.contains { $0.training != nil || $0.bringsJobs }
    case .energy: pools?.list.contains { $0.hasPower } == true
    case .accounts: pools?.prices != nil || pools?.list.contains { $0.price != nil } == true
    case .pools, .clusters: pools != nil && (pools?.sampleEvery ?? sampleEvery) != nil
    case .elastic: traffic.contains { $0.elastic != nil }
    case .transfers:
      traffic.contains {
        $0.transfers != nil || $0.generate?.transfers != nil || $0.booksJobs
      }
    case .requests: light?.requests.isEmpty == false
    case .services: light?.links.isEmpty == false
    case .demands: traffic.contains { $0.demand != nil || $0.tokens != nil }
    case .tokens, .tokenSites: traffic.contains { $0.tokens != nil }
    case .tokenWaits: traffic.contains { $0.tokens?.engines != nil }
    case .samples:
      traffic.contains { $0.inference != nil || ($0.tokens?.sample?.value ?? 0) > 0 }
    // What only those want who ask for it.
    default: false
    }
  }
}

extension TrafficSection {
  /// Whether it brings jobs to pools.
  var bringsJobs: Bool { jobs != nil || trace?.goesToPools == true }

  /// Whether jobs that it brings book ahead.
  var booksJobs: Bool { jobs?.reserve != nil || trace?.reserve != nil }
}

extension PoolSection {
  /// Whether anybody says what it takes of electricity.
  fileprivate var hasPower: Bool {
    itPower != nil || power != nil
      || accelerator.flatMap { Accelerator.builtIn(named: $0.value.text) } != nil
  }
}
