// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Simulator

/// A scenario file as it was written, not yet checked for consistency.
struct Scenario: Section {
  var origin = Origin.none
  var name = ""
  var description = ""
  var duration: Positive<SimDuration>?
  var warmUp = Written(SimDuration.zero)
  var seed = Seed(value: 1)
  var calendar: CalendarSection?
  var network = NetworkSection()
  var light: LightSection?
  var classes: [ClassSection] = []
  var traffic: [TrafficSection] = []
  var events: [EventSection] = []
  var pools: PoolsSection?
  var energy: EnergySection?
  var placement: PlacementSection?
  var loss: LossSection?
  var reservations: ReservationsSection?
  var routing = RoutingMethod.shortestDelay
  var outputs: Written<[OutputItem]>?
  var sampleEvery: Positive<SimDuration>?
  var expect: [ExpectSection]?

  static let shape = Shape<Scenario>(
    "Everything that one run of cpnsim depends on.",
    fields: [
      .required("scenario", \.name, "The name of the scenario."),
      .defaulted("description", \.description, "What it is about, in a sentence or more."),
      .optional(
        "duration", \.duration,
        "The simulated time at which the run ends; without it, it ends with its last flow."),
      .defaulted(
        "warm_up", \.warmUp,
        """
        The time at the start, while the network fills, that means and distributions of flows and \
        links leave out.
        """),
      .defaulted("seed", \.seed, "The number that every random stream derives from."),
      .optional(
        "calendar", \.calendar,
        "The date of time 0; without it, July 1st of a year that began on a Monday."),
      .required("network", \.network, "The nodes and links that flows run over."),
      .optional("light", \.light, "The light in the fibres of the network."),
      .defaulted(
        "classes", \.classes,
        "The terms on which flows share bandwidth; a class \"default\" is always there."),
      .defaulted(
        "traffic", \.traffic,
        "Where flows come from: at least one entry, unless requests ask for lightpaths."),
      .defaulted("events", \.events, "Changes to links and fibres at given times."),
      .optional("pools", \.pools, "Pools of accelerators that jobs run on."),
      .optional("energy", \.energy, "What power costs, what it brings about, and its caps."),
      .optional("placement", \.placement, "Which policy sends jobs to pools."),
      .optional("loss", \.loss, "How loss and delay are worked out."),
      .optional(
        "reservations", \.reservations, "How transfers book bandwidth in advance."),
      .defaulted(
        "routing", \.routing, "How the route of a flow is found that names no path."),
      .optional(
        "outputs", \.outputs,
        """
        The files to write; by default all, but links only where duration or sample_every is given, \
        and fabric-links, the ports of fabrics in links.csv, only where asked for.
        """),
      .optional(
        "sample_every", \.sampleEvery,
        "The time between two samples of the links; a hundredth of the duration by default."),
      .optional(
        "expect", \.expect, "What the metrics of a run are expected to be; it is said where not."),
    ])
}
