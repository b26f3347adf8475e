// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with the design of a fabric.
public struct FabricProblem: Error, Equatable, Sendable {
  /// The number of the design that has to change.
  public enum Part: Sendable {
    case hosts, gpusPerHost, nicsPerHost, nicRate, nicsPerLeaf, uplinks, uplinkRate, podLeaves
    case spineUplinks
  }

  public var part: Part
  public var found: String
  public var expected: String

  public init(_ part: Part, found: String, expected: String) {
    self.part = part
    self.found = found
    self.expected = expected
  }
}

extension FabricDesign {
  /// The most accelerators of one fabric.
  public static let mostGPUs = 65_536
  /// The most paths between two hosts, so that the number of one fits where it is kept.
  public static let mostChoices = 4096
  /// The most of anything that it is made of, so that sums of them can be counted.
  public static let mostParts = 1_000_000

  /// The first thing that is wrong; nil for a sound design.
  public var problem: FabricProblem? {
    hostProblem ?? leafProblem ?? podProblem
  }

  private var hostProblem: FabricProblem? {
    let counts: [(FabricProblem.Part, Int)] = [
      (.hosts, hosts), (.gpusPerHost, gpusPerHost), (.nicsPerHost, nicsPerHost),
      (.nicsPerLeaf, nicsPerLeaf), (.uplinks, uplinksPerLeaf),
    ]
    for (part, count) in counts where !(1...Self.mostParts).contains(count) {
      return FabricProblem(part, found: "\(count)", expected: "1 to \(Self.mostParts)")
    }
    if hosts < 2 {
      return FabricProblem(.hosts, found: "\(hosts)", expected: "2 or more, to have what to join")
    }
    if hosts > Self.mostGPUs / gpusPerHost {
      return FabricProblem(
        .hosts, found: "\(hosts) hosts of \(gpusPerHost)",
        expected: "at most \(Self.mostGPUs) accelerators in all")
    }
    if !gpusPerHost.isMultiple(of: nicsPerHost) {
      return FabricProblem(
        .nicsPerHost, found: "\(nicsPerHost) cards for \(gpusPerHost) accelerators",
        expected: "a number that divides them evenly")
    }
    let rates: [(FabricProblem.Part, BitsPerSecond)] = [
      (.nicRate, nicRate), (.uplinkRate, uplinkRate),
    ]
    for (part, rate) in rates where !(rate.value > 0 && rate.value.isFinite) {
      return FabricProblem(part, found: "\(rate.value) bit/s", expected: "more than zero")
    }
    return nil
  }

  private var leafProblem: FabricProblem? {
    if !isRailOptimised, !nicsPerLeaf.isMultiple(of: nicsPerHost) {
      return FabricProblem(
        .nicsPerLeaf, found: "\(nicsPerLeaf)",
        expected: "a multiple of the \(nicsPerHost) cards of a host, which share a leaf")
    }
    let (choices, isTooLarge) = uplinksPerLeaf.multipliedReportingOverflow(
      by: pods?.uplinksPerSpine ?? 1)
    if isTooLarge || choices > Self.mostChoices {
      return FabricProblem(
        pods == nil ? .uplinks : .spineUplinks,
        found: isTooLarge
          ? "too many paths to count" : "\(choices) paths between two leaves",
        expected: "at most \(Self.mostChoices)")
    }
    return nil
  }

  private var podProblem: FabricProblem? {
    guard let pods else { return nil }
    let counts: [(FabricProblem.Part, Int)] = [
      (.podLeaves, pods.leaves), (.spineUplinks, pods.uplinksPerSpine),
    ]
    for (part, count) in counts where !(1...Self.mostParts).contains(count) {
      return FabricProblem(part, found: "\(count)", expected: "1 to \(Self.mostParts)")
    }
    if isRailOptimised, !pods.leaves.isMultiple(of: nicsPerHost) {
      return FabricProblem(
        .podLeaves, found: "\(pods.leaves)",
        expected: "a multiple of the \(nicsPerHost) rails, which stay in one pod")
    }
    return nil
  }
}
