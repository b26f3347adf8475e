// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// The highest switches that two cards of different hosts meet at.
public enum FabricTier: Int, CaseIterable, Sendable, BitwiseCopyable {
  case leaf, spine, core

  /// The links of a path that turns round there.
  public var hops: Int { 2 * rawValue + 2 }
}

/// Two cards of a fabric, from one to the other.
public struct NICPair: Equatable, Sendable, BitwiseCopyable {
  public var source: Int32
  public var target: Int32

  public init(source: Int, target: Int) {
    self.source = Int32(source)
    self.target = Int32(target)
  }
}

extension Fabric {
  public func tier(of pair: NICPair) -> FabricTier {
    let source = leaf(ofNIC: Int(pair.source))
    let target = leaf(ofNIC: Int(pair.target))
    if source == target { return .leaf }
    return pod(ofLeaf: source) == pod(ofLeaf: target) ? .spine : .core
  }

  /// The number of paths between two cards that meet at a tier.
  ///
  /// A path is a number below it: that of the spine, or spine times the cores of each plus core.
  public func choices(at tier: FabricTier) -> Int {
    switch tier {
    case .leaf: 1
    case .spine: spinesPerPod
    case .core: spinesPerPod * uplinksPerSpine
    }
  }

  public func delay(at tier: FabricTier) -> SimDuration {
    SimDuration(nanoseconds: design.linkDelay.nanoseconds * Int64(tier.hops))
  }

  /// The links from one card to another by the path with a number.
  public func path(of pair: NICPair, choice: Int) -> [LinkID] {
    let tier = tier(of: pair)
    var path: [LinkID] = []
    path.reserveCapacity(tier.hops)
    path.append(LinkID(index: nicLink(Int(pair.source))))
    forEachUplink(of: pair, tier, choice: choice) { path.append(LinkID(index: $0)) }
    path.append(LinkID(index: nicLink(Int(pair.target)) + 1))
    return path
  }

  /// Calls `body` for the links of a path between its leaves, in order.
  public func forEachUplink(
    of pair: NICPair, _ tier: FabricTier, choice: Int, _ body: (Int) -> Void
  ) {
    forEachUplink(
      from: leaf(ofNIC: Int(pair.source)), to: leaf(ofNIC: Int(pair.target)), tier,
      choice: choice, body)
  }

  /// Calls `body` for the links of a path from one leaf to another, in order.
  func forEachUplink(
    from source: Int, to target: Int, _ tier: FabricTier, choice: Int, _ body: (Int) -> Void
  ) {
    guard tier != .leaf else { return }
    guard tier == .core else {
      body(leafLink(source, spine: choice))
      body(leafLink(target, spine: choice) + 1)
      return
    }
    let (spine, core) = choice.quotientAndRemainder(dividingBy: uplinksPerSpine)
    body(leafLink(source, spine: spine))
    body(spineLink(pod: pod(ofLeaf: source), spine: spine, core: core))
    body(spineLink(pod: pod(ofLeaf: target), spine: spine, core: core) + 1)
    body(leafLink(target, spine: spine) + 1)
  }
}
