// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// The light of a model: its fibres, what channels carry, who lights them, what fails.
public struct LightModel: Sendable {
  public var plant = FibrePlant()
  public var grid = ChannelGrid(preset: .extendedC)
  public var rating = RouteRating.byLength([])
  public var interference = InterferenceRule.fullLoad
  public var paths = PathRule()
  public var assignment = ChannelAssignment.firstFit
  public var search = ChannelSearch.pathFirst
  public var allowsRegeneration = false
  /// Where it is allowed; nil for everywhere.
  public var regenerationSites: Set<NodeID>?
  /// How many regenerators there are at some of these nodes; others have as many as it takes.
  public var regeneratorStock: [NodeID: Int] = [:]
  public var allowsConversion = false
  /// Whether a lightpath takes a channel of a fibre in both directions at once.
  public var isTwoWay = true
  public var delayPerKm = SimDuration(nanoseconds: 4_900)
  public var delayPerHop = SimDuration(nanoseconds: 120_000)
  public var setup = SimDuration.zero
  public var teardown = SimDuration.zero
  public var idle = SimDuration.zero
  public var allowsGrooming = true
  public var switching = SwitchingTimes()
  public var links: [LitLink] = []
  public var requests: [RequestSource] = []
  public var faults: [FibreFault] = []
  public var failures = FailureRates()

  public init() {}
}

extension LightModel {
  /// The time of light from one end of a path to the other.
  public func delay(of path: FibrePath) -> SimDuration {
    let glass = Double(delayPerKm.nanoseconds) * path.length.value
    return SimDuration(
      nanoseconds: Int64(glass.rounded()) + delayPerHop.nanoseconds * Int64(path.hops))
  }

  /// Whether anything relies on the protection of a ring.
  public var usesRings: Bool {
    links.contains { $0.protection == .ring } || hasRequestsOnRings
  }

  package var hasRequestsOnRings: Bool {
    requests.contains { source in
      switch source {
      case .listed(let requests): requests.contains { $0.protection == .ring }
      case .generated(let generator): generator.protection == .ring
      }
    }
  }

  /// The paths that a lightpath between two sites is tried on, in order.
  public func candidates(from source: NodeID, to target: NodeID, siteCount: Int) -> [FibrePath] {
    var store = CandidateStore(self, siteCount: siteCount)
    let found = store.candidates(pair: store.pair(source.index, target.index))
    return found.map { index in
      let path = store.path(index)
      return path.sites.first == source ? path : path.reversed
    }
  }
}

/// How the line rate of a lightpath is found.
public enum RouteRating: Sendable {
  /// By the quality of transmission: the fastest mode that closes.
  case byQuality(TransmissionTable, margin_dB: Double)
  /// By the length of the route alone: the first step that is long enough.
  case byLength([ReachStep])
}

/// Which channels are taken to disturb a lightpath when its quality is judged.
public enum InterferenceRule: Sendable {
  /// All of the grid, so that whatever is lit later changes nothing.
  case fullLoad
  /// Those that are lit, which are then judged again whenever another is.
  case litChannels
}

/// What a lightpath carries that is no longer than this.
public struct ReachStep: Equatable, Sendable {
  public enum Carries: Equatable, Sendable {
    /// The line rate of a channel.
    case rate(BitsPerSecond)
    /// Bits per second in each hertz, on the flexible grid.
    case efficiency(Double)
  }

  public var upTo: Kilometres
  public var carries: Carries

  public init(upTo: Kilometres, carries: Carries) {
    self.upTo = upTo
    self.carries = carries
  }
}

/// Which routes are tried between two sites.
public struct PathRule: Sendable {
  public enum Order: Sendable {
    case measured(PathMeasure)
    /// Fewest hops, then by hops over the efficiency of the route.
    case spectrum
  }

  public var count = 5
  public var order = Order.measured(.km)
  /// Named paths; where there are some, they are all there are.
  public var named: [FibrePath]?

  public init() {}
}

/// What becomes of a circuit when a fibre under it is cut.
public enum Protection: String, CaseIterable, Sendable {
  case none
  /// A second lightpath on a disjoint route stands by.
  case onePlusOne = "1+1"
  /// The channel goes round the other way of its ring.
  case ring
  /// Another route is looked for once it is cut.
  case restoration

  /// How many lightpaths are lit for each channel of a link.
  public var lightpathsLit: Int { self == .onePlusOne ? 2 : 1 }
}

/// From a cut to the light on another way.
public struct SwitchingTimes: Equatable, Sendable {
  public var protection = SimDuration(nanoseconds: 50_000_000)
  public var ring = SimDuration(nanoseconds: 50_000_000)
  public var restoration = SimDuration(nanoseconds: 2_000_000_000)

  public init() {}
}

/// A two-way link of the flow layer whose capacity is the sum of its working circuits.
public struct LitLink: Sendable {
  public var name: String
  /// Its two directions in the topology.
  public var forward: LinkID
  public var back: LinkID
  public var ends: Link.Ends
  /// The circuits that are lit from the start.
  public var channels: Int
  /// The least line rate of each; zero for any.
  public var rate: BitsPerSecond
  /// The routes that its circuits may take; nil for the candidates between its ends.
  public var routes: [FibrePath]?
  public var protection: Protection
  /// The ring that protects it.
  public var ring: Int?
  public var automatic: AutomaticRule?
  /// Whether circuits that requests light between its ends add to it.
  public var isOnDemand: Bool

  public init(
    name: String, forward: LinkID, back: LinkID, ends: Link.Ends, channels: Int,
    rate: BitsPerSecond = .zero, routes: [FibrePath]? = nil, protection: Protection = .none,
    ring: Int? = nil, automatic: AutomaticRule? = nil, isOnDemand: Bool = false
  ) {
    self.name = name
    self.forward = forward
    self.back = back
    self.ends = ends
    self.channels = channels
    self.rate = rate
    self.routes = routes
    self.protection = protection
    self.ring = ring
    self.automatic = automatic
    self.isOnDemand = isOnDemand
  }
}

/// When a link lights another channel, and when it darkens one.
public struct AutomaticRule: Equatable, Sendable {
  /// Parts of the capacity, from 0 to 1.
  public var above: Double
  public var below: Double
  public var most: Int
  public var least: Int
  public var every: SimDuration

  public init(above: Double, below: Double, most: Int, least: Int, every: SimDuration) {
    self.above = above
    self.below = below
    self.most = most
    self.least = least
    self.every = every
  }
}

/// A failure or a repair that the scenario gives a time.
public struct FibreFault: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case cut(FibreID)
    case mend(FibreID)
    case amplifierFails(FibreID)
    case amplifierRepaired(FibreID)
    /// One circuit of a lit link, by its position in the model, and the one that failed with a fault.
    case transponderFails(link: Int, fault: Int = 0)
    case transponderRepaired(link: Int, fault: Int = 0)
  }

  public var time: SimTime
  public var kind: Kind

  public init(time: SimTime, kind: Kind) {
    self.time = time
    self.kind = kind
  }
}

/// How often things fail by themselves, and how long repairs take; nil for what never fails.
public struct FailureRates: Equatable, Sendable {
  /// The mean gap between failures of one kind, and the mean time to repair, both exponential.
  public struct Component: Equatable, Sendable {
    /// Seconds between failures; of a thousand kilometres where it is cuts.
    public var meanGap_s: Double
    public var meanRepair_s: Double

    public init(meanGap_s: Double, meanRepair_s: Double) {
      self.meanGap_s = meanGap_s
      self.meanRepair_s = meanRepair_s
    }
  }

  public var cutsOf1000Km: Component?
  /// Of a single amplifier; a fibre has one behind each span.
  public var amplifiers: Component?
  /// Of the transponders of a single lightpath.
  public var transponders: Component?

  public init() {}
}
