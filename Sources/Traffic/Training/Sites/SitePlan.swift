// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import NetworkModel

/// What crosses the long links between the sites of a job.
public enum SiteSpread: String, CaseIterable, Sendable {
  /// Every site has whole replicas; sites reduce their gradients among each other.
  case data
  /// Every site has some stages of all replicas; neighbours exchange activations and gradients.
  case pipeline
}

/// How much of the work each site gets.
public enum SiteSplit: String, CaseIterable, Sendable {
  /// So much that all are done as early as can be.
  case proportional
  /// Each replica the same microbatches, or each stage the same layers.
  case equal
}

/// Accelerators of one type at one place.
public struct JobSite: Equatable, Sendable {
  public var gpus: Int
  public var accelerator: Accelerator
  /// What joins the accelerators of a host.
  public var interconnect: FabricDesign.Interconnect

  public init(
    gpus: Int, accelerator: Accelerator, interconnect: FabricDesign.Interconnect = .instant
  ) {
    self.gpus = gpus
    self.accelerator = accelerator
    self.interconnect = interconnect
  }

  /// The time of a layer and a microbatch: what is computed, and exchanged over tensor ranks.
  func layerSeconds(_ model: Transformer, _ plan: ParallelPlan) -> Double {
    let tokens = Double(plan.microbatch) * Double(model.sequence)
    let rate = accelerator.peak(model.precision) * plan.efficiency * Double(plan.tensor)
    let exchange = Collective(
      .allReduce, ranks: plan.tensor, bytes: Double(plan.microbatch) * model.activationBytes
    ).seconds(
      alpha: interconnect.delay.seconds, bytesPerSecond: interconnect.rate.value / 8)
    return tokens * model.operationsPerToken / Double(model.layers) / rate + 4 * exchange
  }
}

/// A model and a plan, laid out over sites.
///
/// With `data` the replicas, and with `pipeline` the stages, follow from the accelerators of each
/// site. What is to be shared out are microbatches or layers: whole ones, of which each site gets
/// as many as it can do in the same time as the others (`WorkShares`).
public struct SitePlan: Sendable {
  /// What one site does.
  public struct Part: Equatable, Sendable {
    public var model: Transformer
    public var plan: ParallelPlan
    public var accelerator: Accelerator
  }

  public let model: Transformer
  public let plan: ParallelPlan
  public let spread: SiteSpread
  public let parts: [Part]

  public init(
    _ model: Transformer, _ plan: ParallelPlan, over sites: [JobSite], _ spread: SiteSpread,
    _ split: SiteSplit = .proportional
  ) throws(SitePlanProblem) {
    self.model = model
    self.plan = plan
    self.spread = spread
    switch spread {
    case .data: parts = try Self.replicas(model, plan, sites, split)
    case .pipeline: parts = try Self.stages(model, plan, sites, split)
    }
  }

  private static func replicas(
    _ model: Transformer, _ plan: ParallelPlan, _ sites: [JobSite], _ split: SiteSplit
  ) throws(SitePlanProblem) -> [Part] {
    let counts = try SitePlan.counts(sites, each: plan.tensor * plan.pipeline, "tensor x pipeline")
    try check(counts.reduce(0, +), equals: plan.data, "data", "replicas")
    for count in counts where !count.isMultiple(of: plan.expert) {
      throw SitePlanProblem(
        "expert", "found \(count) replicas at a site, expected a multiple of \(plan.expert)")
    }
    let all = plan.batch / plan.microbatch
    let rounds =
      split == .equal
      ? counts.map { _ in plan.microbatches }
      : WorkShares(
        pieces: all, atOnce: counts, seconds: sites.map { $0.layerSeconds(model, plan) },
        extra: plan.pipeline - 1
      ).rounds()
    return zip(sites, zip(counts, rounds)).map { site, share in
      var part = plan
      part.data = share.0
      part.batch = share.0 * share.1 * plan.microbatch
      return Part(model: model, plan: part, accelerator: site.accelerator)
    }
  }

  private static func stages(
    _ model: Transformer, _ plan: ParallelPlan, _ sites: [JobSite], _ split: SiteSplit
  ) throws(SitePlanProblem) -> [Part] {
    let counts = try SitePlan.counts(sites, each: plan.data * plan.tensor, "data x tensor")
    try check(counts.reduce(0, +), equals: plan.pipeline, "pipeline", "stages")
    let times = zip(sites, counts).map { site, count in
      (split == .equal ? 1 : site.layerSeconds(model, plan)) / Double(count)
    }
    let layers = WorkShares(
      pieces: model.layers, atOnce: counts.map { _ in 1 }, seconds: times, extra: 0
    ).rounds()
    return try zip(sites, zip(counts, layers)).map { site, share throws(SitePlanProblem) in
      guard share.1 >= share.0 else {
        throw SitePlanProblem(
          "pipeline",
          "found \(share.0) stages for the \(share.1) layers of a site, expected fewer")
      }
      var part = plan
      part.pipeline = share.0
      part.stagesElsewhere = plan.pipeline - share.0
      return Part(
        model: model.part(layers: share.1), plan: part, accelerator: site.accelerator)
    }
  }

  private static func counts(
    _ sites: [JobSite], each: Int, _ name: String
  ) throws(SitePlanProblem) -> [Int] {
    for site in sites where !site.gpus.isMultiple(of: each) {
      throw SitePlanProblem(
        nil, "found \(site.gpus) accelerators at a site, expected a multiple of \(name), \(each)")
    }
    return sites.map { $0.gpus / each }
  }

  private static func check(
    _ found: Int, equals wanted: Int, _ key: String, _ noun: String
  ) throws(SitePlanProblem) {
    guard found != wanted else { return }
    throw SitePlanProblem(
      key, "found \(wanted), expected the \(noun) that the sites have room for, \(found)")
  }
}

/// Why a plan does not fit sites.
public struct SitePlanProblem: Error, Equatable, Sendable {
  /// The key of the plan that it is about; nil where it is the sites.
  public var key: String?
  public var text: String

  init(_ key: String?, _ text: String) {
    self.key = key
    self.text = text
  }
}

extension Transformer {
  /// Some of its layers, with their part of the parameters.
  func part(layers count: Int) -> Transformer {
    let share = Double(count) / Double(layers)
    var part = self
    part.layers = count
    part.parameters *= share
    part.experts?.activeParameters *= share
    return part
  }
}
