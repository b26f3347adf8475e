// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What a fabric is made of, in a few numbers.
///
/// Hosts have accelerators and network cards; each card has a cable to a leaf switch. A leaf has
/// one uplink to each spine. With pods it is a fat tree: the spines belong to a pod, and each has
/// one uplink to each of its own cores.
public struct FabricDesign: Equatable, Sendable {
  public var name: String
  public var hosts: Int
  public var gpusPerHost: Int
  public var nicsPerHost: Int
  public var nicRate: BitsPerSecond
  /// Whether card i of every host goes to the i-th leaf of a group, rather than all to one.
  public var isRailOptimised: Bool
  /// The cards that a leaf has room for.
  public var nicsPerLeaf: Int
  public var uplinksPerLeaf: Int
  public var uplinkRate: BitsPerSecond
  /// Nil for two tiers, leaves and spines.
  public var pods: Pods?
  /// The delay of each cable, with the switch behind it.
  public var linkDelay: SimDuration
  public var interconnect: Interconnect

  /// The third tier.
  public struct Pods: Equatable, Sendable {
    public var leaves: Int
    public var uplinksPerSpine: Int

    public init(leaves: Int, uplinksPerSpine: Int) {
      self.leaves = leaves
      self.uplinksPerSpine = uplinksPerSpine
    }
  }

  /// What joins the accelerators of a host: each has this rate out and in, to any other.
  public struct Interconnect: Equatable, Sendable {
    public var rate: BitsPerSecond
    public var delay: SimDuration

    public init(rate: BitsPerSecond, delay: SimDuration) {
      self.rate = rate
      self.delay = delay
    }

    /// One that takes no time.
    public static let instant = Interconnect(rate: .unlimited, delay: .zero)
  }

  /// What its links send out of, as all links that say nothing of theirs.
  public var port = Port.shallowBuffer

  public init(
    name: String, hosts: Int, gpusPerHost: Int = 8, nicsPerHost: Int = 8, nicRate: BitsPerSecond,
    isRailOptimised: Bool = false, nicsPerLeaf: Int, uplinksPerLeaf: Int,
    uplinkRate: BitsPerSecond? = nil, pods: Pods? = nil,
    linkDelay: SimDuration = FabricDesign.standardDelay, interconnect: Interconnect = .instant
  ) {
    self.name = name
    self.hosts = hosts
    self.gpusPerHost = gpusPerHost
    self.nicsPerHost = nicsPerHost
    self.nicRate = nicRate
    self.isRailOptimised = isRailOptimised
    self.nicsPerLeaf = nicsPerLeaf
    self.uplinksPerLeaf = uplinksPerLeaf
    self.uplinkRate = uplinkRate ?? nicRate
    self.pods = pods
    self.linkDelay = linkDelay
    self.interconnect = interconnect
  }

  /// A cut-through switch and some metres of cable.
  public static let standardDelay = SimDuration(nanoseconds: 500)

  public var gpus: Int { hosts * gpusPerHost }

  /// What may come into a leaf from its hosts over what its uplinks carry.
  public var oversubscription: Double {
    Double(nicsPerLeaf) * nicRate.value / (Double(uplinksPerLeaf) * uplinkRate.value)
  }
}
