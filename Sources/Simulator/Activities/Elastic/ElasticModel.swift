// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel
public import Policies
public import Scheduling
public import Traffic

/// The elastic flows of users in a model.
public struct ElasticModel: Sendable {
  public var entries: [ElasticTraffic]

  public init(entries: [ElasticTraffic] = []) {
    self.entries = entries
  }

  /// The classes of tiers whose flows take turns.
  var orderedClasses: Set<Int> {
    Set(
      entries.filter(\.scheduling.policy.ordersFlows).flatMap { $0.tiers.map(\.trafficClass) })
  }
}

/// Large flows of users, each with a tier that it has bought: an entry of the scenario's traffic.
public struct ElasticTraffic: Sendable {
  /// When flows come, how large they are, which routes they take behind their access line.
  public var generator: Generator
  public var tiers: [ElasticTier]
  /// The lines that flows share in front of their routes; nil where none is modelled.
  public var lines: AccessLines?
  /// A flow is due this many times the time that it would take alone after its arrival.
  public var slack: Double?
  public var admission: AdmissionRule
  /// The program that says which flows are let in, in place of the rule's steps.
  public var admissionProgram: PolicyCommand?
  public var scheduling: SchedulingPolicy

  public init(
    generator: Generator, tiers: [ElasticTier], lines: AccessLines? = nil, slack: Double? = nil,
    admission: AdmissionRule = .standard, scheduling: SchedulingPolicy = .fair
  ) {
    self.generator = generator
    self.tiers = tiers
    self.lines = lines
    self.slack = slack
    self.admission = admission
    self.scheduling = scheduling
  }

  /// The terms of its tiers, one class for each, named after both.
  ///
  /// What a class says beside rate and weight, such as its priority, is that of the entry.
  public func tierClasses(like standard: TrafficClass) -> [TrafficClass] {
    tiers.map { tier in
      var made = standard
      made.name = "\(generator.name)/\(tier.name)"
      made.weight = scheduling.policy.weight(of: tier)
      made.floor = tier.floor
      made.ceiling = tier.ceiling
      made.isTier = true
      return made
    }
  }
}

/// The access lines of users: links of the topology, so many in a row at each source.
public struct AccessLines: Sendable {
  public var perSource: Int
  /// The first line at each source of the routes; nil stands for routes without a known source.
  public var first: [NodeID?: LinkID]

  public init(perSource: Int, first: [NodeID?: LinkID]) {
    self.perSource = perSource
    self.first = first
  }
}

/// What is tried, one after the other, to let a flow in.
public struct AdmissionRule: Equatable, Sendable {
  public enum Step: String, CaseIterable, Sendable {
    /// In, if its floor fits.
    case accept
    /// In, with the highest lower tier whose floor fits.
    case shrink
    /// In line, until one of the steps before this one works or patience ends.
    case postpone
  }

  /// Without any, all flows are let in and no floor is promised.
  public var steps: [Step]
  public var patience: SimDuration

  public init(_ steps: [Step], patience: SimDuration = AdmissionRule.standardPatience) {
    self.steps = steps
    self.patience = patience
  }

  public var isNone: Bool { steps.isEmpty }

  public static let standardPatience = SimDuration(nanoseconds: 600_000_000_000)
  public static let standard = AdmissionRule([.accept, .shrink, .postpone])
  public static let none = AdmissionRule([])
}
