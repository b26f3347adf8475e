// SPDX-License-Identifier: GPL-3.0-or-later

/// Which of the free blocks of slots a lightpath takes; of equals always the lowest.
public enum ChannelAssignment: String, CaseIterable, Sendable {
  /// The lowest block.
  case firstFit = "first-fit"
  /// The lowest slots of the smallest free run that the block fits into.
  case bestFit = "best-fit"
  /// The highest block.
  case lastFit = "last-fit"
  /// The block whose slots are taken on the most strands of the network.
  case mostUsed = "most-used"
  /// The block whose slots are taken on the fewest strands of the network.
  case leastUsed = "least-used"
  /// Every free block alike.
  case random
}

/// Whether a lightpath looks for a path or for a channel first.
public enum ChannelSearch: String, CaseIterable, Sendable {
  /// The first path in the order given on which there is a free block.
  case pathFirst = "path-first"
  /// The best block over all paths, and the first path that has it.
  case channelFirst = "channel-first"
}

/// Why a request for a lightpath is turned away.
public enum BlockReason: String, CaseIterable, Sendable {
  /// No path joins the two, or each has a strand that is down.
  case noRoute = "no-route"
  /// No path is short enough for any mode.
  case noReach = "no-reach"
  /// Light would have to be made anew where no regenerator is free; the router itself never says so.
  case noRegenerator = "no-regenerator"
  /// On each path some strand has no free block at all.
  case noChannel = "no-channel"
  /// On some path each strand has a free block, but not all of them the same one.
  case noContinuity = "no-continuity"
  /// There are no two paths without a common fibre; the router itself never says so.
  case noDisjointPath = "no-disjoint-path"
}

/// Where a lightpath goes: a path and a block of slots.
public struct ChannelPlacement: Hashable, Sendable, BitwiseCopyable {
  /// The path's index in its `CandidateTable`.
  public var path: Int32
  public var first: Int32
  public var count: Int32

  public init(path: Int32, first: Int32, count: Int32) {
    self.path = path
    self.first = first
    self.count = count
  }
}

/// What a router decides on a request.
public enum PlacementOutcome: Hashable, Sendable {
  case placed(ChannelPlacement)
  case blocked(BlockReason)
}
