// SPDX-License-Identifier: GPL-3.0-or-later
public import Compute
public import EventKernel
public import NetworkModel
public import Policies
public import Scheduling
public import Traffic

/// The pools of a model, the jobs that run on them, and what sends these to those.
public struct ComputingModel: Sendable {
  public var pools: [PoolDesign]
  /// In the order of the scenario.
  public var entries: [JobEntry]
  public var tenants: [Tenant]
  public var placement: PlacementTerms
  /// How policies hear of pools; nil where they know each as it is.
  public var registry: PoolRegistry?
  public var calendar: RunCalendar
  /// The time between two rows of a pool in pools.csv; nil where none are asked for.
  public var sampleEvery: SimDuration?
  /// How much power pools may take; nil where each takes what it wants, but for its caps.
  public var powerPolicy: (any PowerPolicy)?
  /// The program that says so in its place.
  public var powerProgram: PolicyCommand?

  public init(
    pools: [PoolDesign] = [], entries: [JobEntry] = [], tenants: [Tenant] = [],
    placement: PlacementTerms = PlacementTerms(), registry: PoolRegistry? = nil,
    calendar: RunCalendar = .standard, sampleEvery: SimDuration? = nil
  ) {
    self.pools = pools
    self.entries = entries
    self.tenants = tenants
    self.placement = placement
    self.registry = registry
    self.calendar = calendar
    self.sampleEvery = sampleEvery
  }

  public var isEmpty: Bool { pools.isEmpty }

  var decidesPower: Bool { powerPolicy != nil || powerProgram != nil }

  /// Whether any job has input or output.
  public var movesData: Bool {
    entries.contains { !$0.origins.isEmpty || $0.outputTo != nil }
  }
}

/// A pool as the scenario has it: accelerators of one type, or a load of electricity by itself.
public struct PoolDesign: Sendable {
  public var name: String
  /// `cpn:<hub>/<cluster>/<data centre>/<pool>`.
  public var identifier: String
  public var node: NodeID
  /// The cluster that it is in; empty where it is in none.
  public var cluster: String
  public var owner: String
  /// Its type of accelerators; empty for a load by itself.
  public var accelerator: String
  /// 0 for a load by itself, which takes no jobs.
  public var count: Int
  /// Accelerators that services hold, which no job gets.
  public var serving = 0
  public var queue: QueueRule
  /// The program that says which of its jobs start, in place of the rule.
  public var queueProgram: PolicyCommand?
  /// No job that asks for a higher one runs on it.
  public var level: Int
  /// What tenants pay its owner for an accelerator for an hour; nil where they pay nothing.
  public var price_yuan_h: Double?
  /// Whether policies may send jobs to it.
  public var isJoined: Bool
  public var power: PoolPower
  /// Times in which all of it is out of service.
  public var outages: [PoolOutage] = []
  /// How its accelerators fail one by one; nil where they do not.
  public var failures: PoolFailures?
  /// The fabric between its hosts, by name; nil where nobody says so.
  public var fabric: String?

  public init(
    name: String, identifier: String, node: NodeID, cluster: String = "", owner: String = "",
    accelerator: String = "", count: Int = 0, queue: QueueRule = .fcfs, level: Int = 1,
    isJoined: Bool = true, power: PoolPower = PoolPower()
  ) {
    self.name = name
    self.identifier = identifier
    self.node = node
    self.cluster = cluster
    self.owner = owner
    self.accelerator = accelerator
    self.count = count
    self.queue = queue
    self.level = level
    self.isJoined = isJoined
    self.power = power
  }
}

extension PoolDesign {
  /// The type of what holds data and computes nothing: only jobs that name it run on it.
  static let storage = "petabyte"

  public var holdsData: Bool { accelerator == Self.storage }

  /// The accelerators that jobs may have.
  public var countForJobs: Int { max(0, count - serving) }

  /// Who says which of its jobs start: a rule by its name, or `outside`.
  public var queueName: String { queueProgram == nil ? queue.rawValue : "outside" }
}

/// What a pool takes of electricity, and on what terms.
public struct PoolPower: Sendable {
  /// Of an accelerator with its part of the host, in watts.
  public var idle: Double
  public var full: Double
  /// What a load by itself takes from given instants on.
  public var steps: [PowerStep]
  /// What power costs and brings about there, and what cooling takes.
  public var terms: EnergyTerms
  /// Whether it costs anything.
  public var hasTariff: Bool
  /// One after the other.
  public var caps: [PowerCap]

  public init(
    idle: Double = 0, full: Double = 0, steps: [PowerStep] = [], terms: EnergyTerms? = nil,
    caps: [PowerCap] = []
  ) {
    self.idle = idle
    self.full = full
    self.steps = steps
    self.terms = terms ?? EnergyTerms(.none, .constant(1))
    hasTariff = terms.map { $0.tariff.name != Tariff.none.name } ?? false
    self.caps = caps
  }

  /// Whether anything is known of it.
  public var isKnown: Bool { full > 0 || !steps.isEmpty }
}

extension Tariff {
  /// Power that costs nothing and brings nothing about: nobody has said what it does.
  public static let none = Tariff(
    name: "", every: Month(price_yuan_kWh: PeriodAmounts(sharp: 0, peak: 0, flat: 0, valley: 0)))
}

/// The power of a load from an instant on.
public struct PowerStep: Equatable, Sendable {
  public var from: SimTime
  public var watts: Double

  public init(from: SimTime, watts: Double) {
    self.from = from
    self.watts = watts
  }
}

/// A time in which a pool may take no more than a power, cooling and all.
public struct PowerCap: Equatable, Sendable {
  public var from: SimTime
  public var to: SimTime
  public var watts: Double

  public init(from: SimTime, to: SimTime, watts: Double) {
    self.from = from
    self.to = to
    self.watts = watts
  }
}

/// A time in which a pool is out of service.
public struct PoolOutage: Equatable, Sendable {
  public var from: SimTime
  /// Nil where it does not come back.
  public var to: SimTime?

  public init(from: SimTime, to: SimTime?) {
    self.from = from
    self.to = to
  }
}

/// How accelerators of a pool fail, each by itself and by chance.
public struct PoolFailures: Equatable, Sendable {
  /// The mean time between two failures of one accelerator, in seconds.
  public var meanTime: Double
  /// How long one is out of service; none where another takes its place at once.
  public var repair: SimDuration

  public init(meanTime: Double, repair: SimDuration) {
    self.meanTime = meanTime
    self.repair = repair
  }
}

/// The registry that pools tell their state to.
public struct PoolRegistry: Equatable, Sendable {
  public var node: NodeID
  /// The time between two reports, longer than any of them is under way.
  public var refresh: SimDuration

  public init(node: NodeID, refresh: SimDuration) {
    self.node = node
    self.refresh = refresh
  }
}

/// Whose jobs they are.
public struct Tenant: Equatable, Sendable {
  public var name: String
  /// The security level that its jobs need at least.
  public var level: Int
  public var weight: Double

  public init(name: String, level: Int = 1, weight: Double = 1) {
    self.name = name
    self.level = level
    self.weight = weight
  }
}

/// Jobs of one kind: where they come from, and the terms that are the same for all of them.
public struct JobEntry: Sendable {
  public var name: String
  public var source: JobSource
  /// The position of their tenant; nil where nobody says whose they are.
  public var tenant: Int?
  /// Whether each user of its trace is a tenant, of weight 1.
  public var usersAreTenants = false
  public var trafficClass: Int
  /// The pool that they run on; nil where the policy sends them.
  public var pool: Int?
  /// By type of accelerators, how fast they run; nil where they run on all alike.
  public var speeds: [String: Double]?
  /// Where their input comes from, or who waits for them; in the order of the source's weights.
  public var origins: [NodeID]
  /// Where their output goes.
  public var outputTo: NodeID?
  public var checkpoints = Checkpoints()
  /// What they train; nil where their time is given.
  public var training: PoolTraining?
  /// The delay from there within which they have to run.
  public var latency: SimDuration?
  /// How they book machines together with windows for their data; nil where they do not.
  public var booking: BookingTerms?

  public init(
    name: String, source: JobSource, tenant: Int? = nil, trafficClass: Int = 0, pool: Int? = nil,
    speeds: [String: Double]? = nil, origins: [NodeID] = [], outputTo: NodeID? = nil,
    latency: SimDuration? = nil
  ) {
    self.name = name
    self.source = source
    self.tenant = tenant
    self.trafficClass = trafficClass
    self.pool = pool
    self.speeds = speeds
    self.origins = origins
    self.outputTo = outputTo
    self.latency = latency
  }
}
