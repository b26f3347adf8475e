// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// The light in the fibres: what channels there are, what they carry, who lights them.
struct LightSection: Section {
  var origin = Origin.none
  var grid = Written(GridValue.preset(.spacing75))
  var line: LineSection?
  var launchPower = LaunchPowerValue.optimum
  var margin = Decibels(2)
  var interference = Written(InterferenceChoice.full)
  var transceivers: [TransceiverSection]?
  var reach: [ReachSection]?
  var paths = PathsSection()
  var assignment = Decider.rule(AssignmentChoice.firstFit)
  var search = SearchChoice.pathFirst
  var regeneration = RegenerationValue.nowhere
  var conversion = false
  var direction = DirectionChoice.twoWay
  var delay = DelaySection()
  var setup = SimDuration.zero
  var teardown = SimDuration.zero
  var idle = SimDuration.zero
  var grooming = true
  var switching = SwitchingSection()
  var eachFibre: EachFibreSection?
  var links: [LitLinkSection] = []
  var requests: [RequestsSection] = []
  var failures: FailuresSection?

  static let shape = Shape<LightSection>(
    "The light in the fibres: what channels there are, what they carry, who lights them.",
    fields: [
      .defaulted("grid", \.grid, "The channels of every fibre."),
      .optional("line", \.line, "How fibres are built that do not say it themselves."),
      .defaulted("launch_power", \.launchPower, "The power that each channel is launched with."),
      .defaulted("margin", \.margin, "What must be left above the required OSNR."),
      .defaulted(
        "interference", \.interference,
        "Whether lightpaths are judged beside a full grid or beside what is lit."),
      .optional(
        "transceivers", \.transceivers,
        "The modes to choose from; all built-in ones where neither this nor reach is given."),
      .optional("reach", \.reach, "What a lightpath carries by its length alone."),
      .defaulted("paths", \.paths, "The candidate paths between two nodes."),
      .defaulted(
        "assignment", \.assignment,
        "Which of the free channels a lightpath takes; or a program that says by which path and "
          + "channels those for requests go."),
      .defaulted("search", \.search, "Whether paths or channels are gone through first."),
      .defaulted(
        "regeneration", \.regeneration,
        "Whether light may be regenerated where reach ends, or the nodes at which it may."),
      .defaulted(
        "conversion", \.conversion, "Whether a lightpath may change its channel at every node."),
      .defaulted("direction", \.direction, "Whether a lightpath takes a fibre both ways."),
      .defaulted("delay", \.delay, "What time light takes."),
      .defaulted("setup", \.setup, "From a request to the light."),
      .defaulted("teardown", \.teardown, "From its end to a free channel."),
      .defaulted("idle", \.idle, "For how long a lightpath without clients stays lit."),
      .defaulted(
        "grooming", \.grooming, "Whether requests fill lit lightpaths before lighting new ones."),
      .defaulted("switching", \.switching, "What time it takes to move after a cut."),
      .optional(
        "each_fibre", \.eachFibre,
        "A link over each fibre that has none of its name, called as the fibre is."),
      .defaulted("links", \.links, "The links of the flow layer that are made of light."),
      .defaulted("requests", \.requests, "Who asks for lightpaths."),
      .optional("failures", \.failures, "Failures that come at random."),
    ],
    rules: [.atMostOne(["transceivers", "reach"])])
}

/// A link over each fibre.
struct EachFibreSection: Section {
  var origin = Origin.none
  var channels = 1
  var rate: Positive<BitsPerSecond>?
  var protection = ProtectionChoice.none
  var automatic: AutomaticSection?

  static let shape = Shape<EachFibreSection>(
    "A link over each fibre.",
    fields: [
      .defaulted("channels", \.channels, "The lightpaths that are lit from the start."),
      .optional(
        "rate", \.rate, "The least line rate of each; without it, the fastest that closes."),
      .defaulted("protection", \.protection, "What becomes of them when a fibre is cut."),
      .optional("automatic", \.automatic, "When further channels are lit, and darkened again."),
    ])
}

/// What time light takes.
struct DelaySection: Section {
  var origin = Origin.none
  var perKm = SimDuration(nanoseconds: 4_900)
  var perHop = SimDuration(nanoseconds: 120_000)

  static let shape = Shape<DelaySection>(
    "What time light takes.",
    fields: [
      .defaulted("per_km", \.perKm, "Over a kilometre of fibre."),
      .defaulted("per_hop", \.perHop, "Through the equipment of a fibre."),
    ])
}

/// What time it takes to move a lightpath after a cut.
struct SwitchingSection: Section {
  var origin = Origin.none
  var protection = SimDuration(nanoseconds: 50_000_000)
  var ring = SimDuration(nanoseconds: 50_000_000)
  var restoration = SimDuration(nanoseconds: 2_000_000_000)

  static let shape = Shape<SwitchingSection>(
    "What time it takes to move a lightpath after a cut.",
    fields: [
      .defaulted("protection", \.protection, "To the lightpath that stands by, with 1+1."),
      .defaulted("ring", \.ring, "To the other way round a ring."),
      .defaulted("restoration", \.restoration, "To find, light and take another route."),
    ])
}

/// Failures that come at random.
struct FailuresSection: Section {
  var origin = Origin.none
  var cuts: CutsSection?
  var amplifiers: ComponentSection?
  var transponders: ComponentSection?

  static let shape = Shape<FailuresSection>(
    "Failures that come at random, each kind from a stream of its own.",
    fields: [
      .optional("cuts", \.cuts, "Cuts of fibres, in proportion to their length."),
      .optional("amplifiers", \.amplifiers, "Each takes its fibre down."),
      .optional("transponders", \.transponders, "Each takes its lightpath down."),
    ])
}

/// Cuts by length and time.
struct CutsSection: Section {
  var origin = Origin.none
  var per1000Km = Positive(Frequency(perSecond: 1))
  var repair = Positive(SimDuration(nanoseconds: 1))

  static let shape = Shape<CutsSection>(
    "Cuts of fibres, in proportion to their length.",
    fields: [
      .required("per_1000_km", \.per1000Km, "How often 1000 km of fibre are cut."),
      .required("repair", \.repair, "The mean of the exponential time to repair."),
    ])
}

/// Failures of one kind of equipment.
struct ComponentSection: Section {
  var origin = Origin.none
  var lifetime = Positive(SimDuration(nanoseconds: 1))
  var repair = Positive(SimDuration(nanoseconds: 1))

  static let shape = Shape<ComponentSection>(
    "Failures of one kind of equipment.",
    fields: [
      .required("lifetime", \.lifetime, "The mean of the exponential time between failures."),
      .required("repair", \.repair, "The mean of the exponential time to repair."),
    ])
}
