// SPDX-License-Identifier: GPL-3.0-or-later

/// A collective operation of some ranks on a buffer.
///
/// The size is what NCCL's tests mean by it: the buffer that is reduced, the whole that is
/// gathered or scattered, what each rank sends to all others and itself together, the message.
public struct Collective: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case allReduce = "all-reduce"
    case allGather = "all-gather"
    case reduceScatter = "reduce-scatter"
    case allToAll = "all-to-all"
    /// Each rank but the last sends to the next.
    case pointToPoint = "point-to-point"
    /// Each rank sends to the next and to the one before, as the stages of a pipeline do.
    case neighbours
  }

  public enum Algorithm: String, CaseIterable, Sendable {
    case ring
    /// Two binary trees, each for half of the buffer, with every rank a leaf in one of them.
    case tree
    case halvingDoubling = "halving-doubling"
    /// Each rank sends to those it has something for, all at once.
    case direct
  }

  public var kind: Kind
  public var algorithm: Algorithm
  public var ranks: Int
  public var bytes: Double

  public init(_ kind: Kind, _ algorithm: Algorithm? = nil, ranks: Int, bytes: Double) {
    self.kind = kind
    self.algorithm = algorithm ?? kind.algorithms[0]
    self.ranks = ranks
    self.bytes = bytes
  }

  /// Why it can't be done; nil where it can.
  public var problem: String? {
    if !kind.algorithms.contains(algorithm) {
      let known = kind.algorithms.map(\.rawValue).joined(separator: ", ")
      return "found \(algorithm.rawValue) for \(kind.rawValue), expected \(known)"
    }
    if algorithm == .halvingDoubling, ranks & (ranks - 1) != 0 {
      return "found halving-doubling over \(ranks) ranks, expected a power of two"
    }
    if isToAll, ranks > Self.mostToAll {
      let name = kind == .allToAll ? kind.rawValue : "\(algorithm.rawValue) \(kind.rawValue)"
      return "found \(name) over \(ranks) ranks, expected at most \(Self.mostToAll)"
    }
    return nil
  }

  /// Whether each rank sends to every other at once.
  private var isToAll: Bool {
    switch kind {
    case .allToAll: true
    case .allReduce, .allGather, .reduceScatter: algorithm == .direct
    case .pointToPoint, .neighbours: false
    }
  }

  /// The most ranks where each sends to every other at once: a million transfers.
  public static let mostToAll = 1024

  /// What the bandwidth of the buffer is multiplied by to get that of the busiest port.
  ///
  /// The bus bandwidth of NCCL's tests: at the rate of the port, whatever the number of ranks.
  public var busFactor: Double {
    let n = Double(ranks)
    return switch kind {
    case .allReduce: 2 * (n - 1) / n
    case .allGather, .reduceScatter, .allToAll: (n - 1) / n
    case .pointToPoint, .neighbours: 1
    }
  }
}

extension Collective.Kind {
  /// The ways it can be done, the usual one first.
  public var algorithms: [Collective.Algorithm] {
    switch self {
    case .allReduce: [.ring, .tree, .halvingDoubling, .direct]
    case .allGather, .reduceScatter: [.ring, .halvingDoubling, .direct]
    case .allToAll, .pointToPoint, .neighbours: [.direct]
    }
  }
}
