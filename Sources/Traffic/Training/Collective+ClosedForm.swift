// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

// What collectives take where no two transfers share more than the port of a rank.
//
// alpha is the time of a message without bytes, beta that of a byte at the rate of the port; a
// port sends and receives at once. R. Thakur, R. Rabenseifner and W. Gropp, "Optimization of
// collective communication operations in MPICH", IJHPCA 19(1), 2005; trees as in Sanders et al.,
// in the limit of small pieces. What adding up costs the accelerators is left out.

extension Collective {
  /// The time in seconds, by alpha in seconds and the rate of a port in bytes a second.
  public func seconds(alpha: Double, bytesPerSecond: Double) -> Double {
    guard ranks > 1 else { return 0 }
    let n = Double(ranks)
    let whole = bytes / bytesPerSecond
    let rounds = ceil(log2(n))
    switch (kind, algorithm) {
    case (.allReduce, .tree):
      // A rank has two children at most, each with half of the buffer.
      return 2 * (rounds * alpha + (ranks == 2 ? whole / 2 : whole))
    case (.allReduce, .halvingDoubling): return 2 * (rounds * alpha + (n - 1) / n * whole)
    // Each rank scatters its parts to all others at once, and gathers theirs in the same way.
    case (.allReduce, .direct): return 2 * (alpha + (n - 1) / n * whole)
    case (.allReduce, _): return 2 * (n - 1) * alpha + 2 * (n - 1) / n * whole
    case (.allGather, .halvingDoubling), (.reduceScatter, .halvingDoubling):
      return rounds * alpha + (n - 1) / n * whole
    case (.allGather, .direct), (.reduceScatter, .direct): return alpha + (n - 1) / n * whole
    case (.allGather, _), (.reduceScatter, _): return (n - 1) * alpha + (n - 1) / n * whole
    case (.allToAll, _): return alpha + (n - 1) / n * whole
    case (.pointToPoint, _): return alpha + whole
    // Those between two others send to both.
    case (.neighbours, _): return alpha + (ranks == 2 ? whole : 2 * whole)
    }
  }
}
