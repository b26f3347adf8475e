// SPDX-License-Identifier: GPL-3.0-or-later
public import Compute
public import EventKernel
public import FlowMath
public import Light
public import NetworkModel
public import Policies
internal import Scheduling
public import Traces
public import Traffic

/// Everything that one run depends on, checked: a scenario made ready to run.
public struct Model: Sendable {
  public var name: String
  public var description: String
  /// The horizon; nil where the run ends with its last flow.
  public var duration: SimDuration?
  /// The time at the start that means and distributions leave out.
  public var warmUp: SimDuration
  public var seed: UInt64
  public var topology: Topology
  /// The other names of its nodes, which traces and questions may use.
  public var places = PlaceNames.none
  public var classes: [TrafficClass]
  /// The routes that listed and generated flows take; traces add their own as they are read.
  public var routes: [Route]
  public var traffic: [TrafficSource]
  public var demands: [Demand]
  public var tokens: [TokenTraffic]
  /// The programs that say where tokens go, by the names of traffics.
  public var tokenPrograms: [String: PolicyCommand] = [:]
  /// By the names of traffics whose rule goes by it: what power costs at each site.
  public var tokenTerms: [String: [EnergyTerms]] = [:]
  public var loss: LossModel
  /// In order of time.
  public var changes: [LinkChange]
  public var light: LightModel
  /// The light as it is at the start; the copy of a run begins with it.
  public var lit: LightNetwork
  public var training: TrainingModel
  public var elastic: ElasticModel
  public var transfers: TransferModel
  public var computing = ComputingModel()
  public var serving = ServingModel()
  /// The program that says by which path and channels lightpaths for requests go.
  public var lightProgram: PolicyCommand?
  /// What is done with what policies outside are asked and answer.
  public var policyRecording = PolicyRecording()
  public var outputs: Outputs
  /// What its user expects of the metrics; a run says which of it do not hold.
  public var expectations: [Expectation] = []
  /// Rows that other runs of the process have parsed; nil where each run reads its files.
  public var sharedTraces: SharedTraces?
  /// How links are shared, which changes no result; tests hold one way to the other.
  public var sharing = SharingWay.asMeasured

  public init(
    name: String, description: String = "", duration: SimDuration? = nil,
    warmUp: SimDuration = .zero, seed: UInt64 = 1, topology: Topology,
    classes: [TrafficClass] = [.standard], routes: [Route] = [],
    traffic: [TrafficSource] = [], demands: [Demand] = [],
    tokens: [TokenTraffic] = [], loss: LossModel = LossModel(),
    changes: [LinkChange] = [], light: LightModel = LightModel(), lit: LightNetwork? = nil,
    training: TrainingModel = TrainingModel(), elastic: ElasticModel = ElasticModel(),
    transfers: TransferModel = TransferModel(),
    outputs: Outputs = Outputs()
  ) {
    self.name = name
    self.description = description
    self.duration = duration
    self.warmUp = warmUp
    self.seed = seed
    self.topology = topology
    self.classes = classes
    self.routes = routes
    self.traffic = traffic
    self.demands = demands
    self.tokens = tokens
    self.loss = loss
    self.changes = changes
    self.light = light
    self.lit = lit ?? LightNetwork(light, siteCount: topology.nodes.count, seed: seed)
    self.training = training
    self.elastic = elastic
    self.transfers = transfers
    self.outputs = outputs
  }
}

extension Model {
  /// Whether any decision is taken by a program outside.
  public var decidesOutside: Bool {
    computing.placement.outside != nil || computing.placement.preemptProgram != nil
      || computing.powerProgram != nil
      || !tokenPrograms.isEmpty || lightProgram != nil
      || training.fabrics.contains { $0.program != nil }
      || computing.pools.contains { $0.queueProgram != nil }
      || elastic.entries.contains { $0.scheduling.command != nil || $0.admissionProgram != nil }
  }

  /// Whether anything in it brings flows.
  public var hasFlows: Bool {
    !traffic.isEmpty || !elastic.entries.isEmpty || !transfers.isEmpty
      || computing.movesData
  }
}

extension Model {
  /// The routes between all pairs of ends that are too many to be among its routes.
  public func routesBetweenDrawnEnds() -> [Route] {
    var resolver = PathResolver(topology)
    var routes: [Route] = []
    for case .generated(let generator) in traffic {
      generator.ends?.forEachPair { source, target, _ in
        if let route = resolver.route(from: source, to: target) { routes.append(route) }
      }
    }
    return routes
  }
}

/// Whether loss and delay are worked out, and how often.
public struct LossModel: Equatable, Sendable {
  /// False where nothing in the model has to do with loss: links are then never looked at for it.
  public var isOn: Bool
  /// The time between two looks at all links, beside those that arrivals and ends make due.
  public var every: SimDuration?

  public init(isOn: Bool = false, every: SimDuration? = nil) {
    self.isOn = isOn
    self.every = every
  }
}

/// A change that the scenario makes to a link at a given time.
public struct LinkChange: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// Another capacity; on a failed link it counts once the link is repaired.
    case capacity(BitsPerSecond)
    /// The link carries nothing until it is repaired; flows on it wait.
    case fail
    case repair
  }

  public var time: SimTime
  /// The links that change, both directions of a two-way link among them.
  public var links: [LinkID]
  public var kind: Kind

  public init(time: SimTime, links: [LinkID], kind: Kind) {
    self.time = time
    self.links = links
    self.kind = kind
  }
}

/// Which files a run writes, and how often links are sampled.
public struct Outputs: Equatable, Sendable {
  /// What one word under `outputs` stands for: a table, or more rows of one.
  ///
  /// Each is named where its table is; `RunTables.all` lists them.
  public struct Kind: RawRepresentable, CaseIterable, Hashable, Sendable {
    public let rawValue: String

    init(_ name: String) {
      rawValue = name
    }

    public init?(rawValue: String) {
      guard Kind.allCases.contains(where: { $0.rawValue == rawValue }) else { return nil }
      self.rawValue = rawValue
    }

    public static let allCases: [Kind] = RunTables.all.flatMap { $0.kinds }
  }

  public var kinds: Set<Kind>
  /// The time between two samples of every link.
  public var sampleEvery: SimDuration?
  /// Which rows links.csv has.
  public var linkRows = LinkRows()

  /// The rows of links.csv: of all that is carried together, or also of each class, and of which links.
  public struct LinkRows: Equatable, Sendable {
    public var areByClass = false
    /// The kinds of links that are told of; all that are sampled where it is empty.
    public var kinds: Set<LinkKind> = []

    public init() {}
  }

  public init(kinds: Set<Kind> = Set(Kind.allCases), sampleEvery: SimDuration? = nil) {
    self.kinds = kinds
    self.sampleEvery = sampleEvery
  }
}
