// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// A fabric of hosts with accelerators.
struct FabricSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var hosts = Positive(1)
  var gpusPerHost = Positive(8)
  var nicsPerHost = Positive(8)
  var nic = Positive(BitsPerSecond.zero)
  var isRailOptimised = false
  var nicsPerLeaf = Positive(32)
  var uplink: Positive<BitsPerSecond>?
  var spines: Positive<Int>?
  var oversubscription: Positive<Double>?
  var pods: PodsSection?
  var delay = Written(FabricDesign.standardDelay)
  var accelerator: Written<String>?
  var interconnect: InterconnectSection?
  var balancing = Decider.rule(BalancingName.ecmp)
  var queuePairs = Positive(1)
  var flowlets = Positive(16)
  var failed: [Written<Name>] = []
  var exit: ExitSection?

  static let shape = Shape<FabricSection>(
    "Leaves and spines that join the network cards of hosts; with pods, cores above them.",
    fields: [
      .required("name", \.name, "The name of the fabric; those of its links start with it."),
      .required("hosts", \.hosts, "The number of hosts."),
      .defaulted("gpus_per_host", \.gpusPerHost, "Accelerators of a host."),
      .defaulted("nics_per_host", \.nicsPerHost, "Network cards of a host."),
      .required("nic", \.nic, "The rate of a network card, each way."),
      .defaulted(
        "rail_optimised", \.isRailOptimised,
        "Whether card i of every host goes to the i-th leaf of a group, not all to one leaf."),
      .defaulted("nics_per_leaf", \.nicsPerLeaf, "The network cards that a leaf has room for."),
      .optional(
        "uplink", \.uplink, "The rate of a link above the leaves; that of a card if absent."),
      .optional("spines", \.spines, "The spines; each leaf has one uplink to each of its pod."),
      .optional(
        "oversubscription", \.oversubscription,
        "The rate into a leaf over that out of it, in place of spines; 1 without either."),
      .optional("pods", \.pods, "A third tier."),
      .defaulted("delay", \.delay, "The delay of each link and the switch behind it."),
      .optional("accelerator", \.accelerator, "The type of its accelerators."),
      .optional(
        "interconnect", \.interconnect,
        "What joins the accelerators of a host; by default what the type has."),
      .defaulted(
        "balancing", \.balancing,
        "How transfers of jobs are spread over the uplinks; or a program that says by which path each "
          + "flow goes."),
      .defaulted(
        "queue_pairs", \.queuePairs, "Parts of a transfer at once, for ecmp and intelligent."),
      .defaulted("flowlets", \.flowlets, "Pieces of a transfer in a row, for flowlet."),
      .defaulted("failed", \.failed, "Links that carry nothing from the start."),
      .optional("exit", \.exit, "The link to a node of the network, for jobs over several sites."),
    ],
    rules: [.atMostOne(["spines", "oversubscription"])])
}

/// The ways of spreading transfers, by name.
enum BalancingName: String, Choice {
  case ecmp, flowlet, spray, intelligent
}

/// The third tier of a fabric.
struct PodsSection: Section {
  var origin = Origin.none
  var leaves = Positive(1)
  var coresPerSpine = Positive(1)

  static let shape = Shape<PodsSection>(
    "Pods of leaves; each spine of a pod has cores that it shares with its like in other pods.",
    fields: [
      .required("leaves", \.leaves, "The leaves of a pod."),
      .required("cores_per_spine", \.coresPerSpine, "The cores that a spine has a link to."),
    ])
}

/// What joins the accelerators of a host.
struct InterconnectSection: Section {
  var origin = Origin.none
  var rate = Positive(BitsPerSecond.zero)
  var delay = SimDuration.zero

  static let shape = Shape<InterconnectSection>(
    "What each accelerator sends to others of its host, and receives, at once.",
    shorthand: "rate",
    fields: [
      .required("rate", \.rate, "The rate out of each and into each."),
      .defaulted("delay", \.delay, "The time of a message without bytes."),
    ])
}
