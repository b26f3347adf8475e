// SPDX-License-Identifier: GPL-3.0-or-later

/// How a fabric spreads transfers over the paths between their leaves.
public enum LoadBalancing: Equatable, Sendable {
  /// A hash of the ends picks a path for each of the queue pairs of a transfer, for good.
  case ecmp(queuePairs: Int)
  /// A transfer is so many flowlets, one behind another, each hashed anew.
  case flowlet(count: Int)
  /// Every path carries the same part of a transfer.
  case spray
  /// Each queue pair goes where least is going on; on a failure all are placed anew.
  case intelligent(queuePairs: Int)

  /// The most queue pairs or flowlets of a transfer.
  public static let mostParts = 65_536

  package var policy: any LoadBalancer {
    switch self {
    case .ecmp(let queuePairs): HashedPaths(queuePairs: queuePairs)
    case .flowlet(let count): HashedFlowlets(count: count)
    case .spray: EvenSpray()
    case .intelligent(let queuePairs): LeastLoadedPaths(queuePairs: queuePairs)
    }
  }
}

/// A way of choosing paths.
///
/// What it chooses depends on the question alone: the same batch in the same state of the network
/// gets the same ways, so that an iteration that meets nothing new repeats the one before. Each
/// path that it gives is up, unless none is.
package protocol LoadBalancer: Sendable {
  /// The number of flowlets that a transfer is sent in, one behind another.
  var flowlets: Int { get }
  /// Whether what is left of the parts of a transfer is put together and divided anew.
  var dividesAnew: Bool { get }
  /// Whether the loads of links count.
  var readsLoads: Bool { get }
  func paths(of batch: BalancedBatch) -> BalancedPaths
}

extension LoadBalancer {
  package var flowlets: Int { 1 }
  package var dividesAnew: Bool { false }
  package var readsLoads: Bool { false }
}

/// The paths of each transfer of a batch; each carries the same part of it.
package struct BalancedPaths {
  /// Where the paths of each transfer begin in `choices`, and where the last one ends.
  package private(set) var starts: [Int32] = [0]
  package var choices: [Int32] = []

  package init() {}

  package mutating func append(_ choice: Int) { choices.append(Int32(choice)) }

  /// Ends a transfer.
  package mutating func endTransfer() { starts.append(Int32(choices.count)) }

  /// The positions of a transfer's paths in `choices`.
  package func parts(of transfer: Int) -> Range<Int> {
    Int(starts[transfer])..<Int(starts[transfer + 1])
  }
}
