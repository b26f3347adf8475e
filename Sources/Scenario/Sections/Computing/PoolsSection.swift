// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import YAMLReader

/// The pools of a scenario, and how policies hear of them.
struct PoolsSection: Section {
  var origin = Origin.none
  var use: BuiltInNetworkName?
  var scale: Written<Positive<ComputeSpeed>>?
  var year: Written<Int>?
  var kinds: Written<[PoolKind]>?
  var queue: Decider<QueueRule>?
  var prices: KeyedValues<MachinePrice>?
  var more: KeyedValues<Positive<Int>>?
  var list: [PoolSection] = []
  var registry: RegistrySection?
  var sampleEvery: Positive<SimDuration>?

  static let shape = Shape<PoolsSection>(
    "Pools: accelerators of one type at one place, which jobs run on.",
    fields: [
      .optional(
        "use", \.use, "The built-in pools of the country; those of list stand beside them."),
      .optional(
        "scale", \.scale,
        "What the built-in pools of intelligent computing add up to, in half precision; 111.3 "
          + "EFLOPS without."),
      .optional(
        "year", \.year,
        "The year of which the built-in pools are: those have joined that do by then. That of "
          + "the calendar without, or 2026."),
      .optional(
        "kinds", \.kinds, "Which kinds of built-in pools; intelligent without."),
      .optional(
        "queue", \.queue,
        "How jobs wait in built-in pools, or a program that says who starts; fcfs without."),
      .optional(
        "prices", \.prices,
        "By type of machine: what tenants pay for one for an hour in built-in pools; nothing without."
      ),
      .optional(
        "more", \.more,
        "By name of a built-in pool: how many machines it has more than it is known to."),
      .defaulted("list", \.list, "The pools."),
      .optional(
        "registry", \.registry,
        "How policies hear of pools; without it, they know each as it is."),
      .optional(
        "sample_every", \.sampleEvery,
        "The time between two rows of a pool in pools.csv; without it, that of links."),
    ],
    rules: [
      .needs("scale", "use"), .needs("year", "use"), .needs("kinds", "use"),
      .needs("queue", "use"), .needs("prices", "use"), .needs("more", "use"),
    ])
}

/// A kind of built-in pools that jobs can run on.
enum PoolKind: String, Choice {
  case intelligent
  case generalPurpose = "general-purpose"
  case supercomputing
  case storage
}

/// Where the state of pools is kept, and how often it is renewed.
struct RegistrySection: Section {
  var origin = Origin.none
  var at = Written(Name(""))
  var refresh = Positive(SimDuration(nanoseconds: 30_000_000_000))

  static let shape = Shape<RegistrySection>(
    "The registry that pools tell their state to, as often as it is renewed.",
    fields: [
      .required("at", \.at, "The node where it is: news of a pool takes the delay from there."),
      .defaulted("refresh", \.refresh, "The time between two reports of a pool."),
    ])
}

/// Accelerators of one type at one place.
struct PoolSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var at = Written(Name(""))
  var owner = ""
  var accelerator: Written<Name>?
  var count: Positive<Int>?
  var power: PoolPowerSection?
  var itPower: Steps<Power>?
  var queue: Decider<QueueRule>?
  var level = 1
  var price: MachinePrice?
  var joined = true
  var tariff: Written<Name>?
  var pue: PUEValue?
  var fabric: Written<Name>?
  var failures: PoolFailuresSection?

  static let shape = Shape<PoolSection>(
    "Accelerators of one type at one place; or a load of electricity that takes no jobs.",
    fields: [
      .required("name", \.name, "The name of the pool, different from all others."),
      .required("at", \.at, "The node where it is."),
      .defaulted("owner", \.owner, "Whose it is."),
      .optional(
        "accelerator", \.accelerator,
        "The type of its accelerators: a built-in one, or any name that jobs run on."),
      .optional("count", \.count, "How many it has."),
      .optional(
        "power", \.power, "What one of them takes; needed where the type is not built in."),
      .optional(
        "it_power", \.itPower,
        "The power of its equipment, as it is at given times, in place of accelerators."),
      .optional(
        "queue", \.queue, "How its jobs wait, or a program that says who starts; fcfs without."),
      .defaulted("level", \.level, "Its security level: no job that asks for more runs on it."),
      .optional(
        "price", \.price,
        "What tenants pay its owner for an accelerator that they hold for an hour; nothing without."
      ),
      .defaulted(
        "joined", \.joined,
        "Whether it has joined the network; else it takes only jobs of its owner, or that name it."),
      .optional(
        "tariff", \.tariff,
        "What its power costs: a tariff of the section energy, or a built-in zone; on the built-in "
          + "network that of its place without."),
      .optional(
        "pue", \.pue,
        "The power of the whole site over that of its equipment: a number, or a curve of the "
          + "temperature outside; without, that of its place on the built-in network, else 1."),
      .optional(
        "fabric", \.fabric,
        "The fabric between its hosts, one of network.fabrics, for jobs whose time follows from it."
      ),
      .optional("failures", \.failures, "How its accelerators fail, one by one and by chance."),
    ],
    rules: [
      .exactlyOne(["it_power", "accelerator"]), .needs("accelerator", "count"),
      .needs("count", "accelerator"), .needs("queue", "accelerator"),
      .needs("power", "accelerator"), .needs("fabric", "accelerator"),
      .needs("failures", "accelerator"), .needs("price", "accelerator"),
    ])
}

/// How accelerators of a pool fail.
struct PoolFailuresSection: Section {
  var origin = Origin.none
  var meanTime = Written(Positive(SimDuration.zero))
  var repair = SimDuration.zero

  static let shape = Shape<PoolFailuresSection>(
    "How accelerators of a pool fail: each by itself, after times that are exponential.",
    fields: [
      .required(
        "mean_time", \.meanTime, "The mean time between two failures of one accelerator."),
      .defaulted(
        "repair", \.repair,
        "How long one is out of service; 0 s where another takes its place at once."),
    ])
}

extension QueueRule: Choice {}

/// What an accelerator takes, with its part of the host.
struct PoolPowerSection: Section {
  var origin = Origin.none
  var idle = Power(watts: 0)
  var full = Positive(Power(watts: 0))

  static let shape = Shape<PoolPowerSection>(
    "What an accelerator takes, with its part of the host.",
    fields: [
      .required("idle", \.idle, "While no job holds it."),
      .required("full", \.full, "While one does."),
    ])
}

/// The power of a site over that of its equipment: one number, or a curve of the temperature.
enum PUEValue: ScenarioValue {
  case constant(Written<Double>)
  case curve(PUECurveSection)

  static var schema: Node {
    .mapping([("anyOf", .list([Double.schema, PUECurveSection.schema]))])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> PUEValue? {
    if node.scalar != nil {
      return Written<Double>.read(node, path: path, problems: &problems).map { .constant($0) }
    }
    return PUECurveSection.read(node, path: path, problems: &problems).map { .curve($0) }
  }

  var node: Node {
    switch self {
    case .constant(let value): value.node
    case .curve(let section): section.node
    }
  }
}

struct PUECurveSection: Section {
  var origin = Origin.none
  var curve: Written<Knots>?
  var outside = Written(Name(""))

  static let shape = Shape<PUECurveSection>(
    "A PUE that follows the temperature outside.",
    fields: [
      .optional(
        "curve", \.curve,
        "Temperatures in degrees Celsius with the PUE at each, straight between, flat outside; "
          + "a built-in curve without."),
      .required("outside", \.outside, "A climate of the section energy, or a built-in place."),
    ])
}
