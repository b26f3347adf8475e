// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Traffic

/// Collectives move what they must, and the phases add up to the closed forms.
@Suite struct CollectiveTests {
  static let every: [Collective] = Collective.Kind.allCases.flatMap { kind in
    kind.algorithms.flatMap { algorithm in
      [2, 3, 4, 5, 8, 13, 16, 64].map {
        Collective(kind, algorithm, ranks: $0, bytes: 3e6)
      }
    }
  }.filter { $0.problem == nil }

  @Test(arguments: every)
  func thePhasesTakeWhatTheClosedFormSays(collective: Collective) {
    let (alpha, rate) = (2e-6, 1e9)
    var seconds = 0.0
    for phase in collective.phases {
      var out = Array(repeating: 0, count: collective.ranks)
      var into = out
      phase.forEachTransfer(ranks: collective.ranks) { source, target in
        #expect(source != target)
        out[source] += 1
        into[target] += 1
      }
      let busiest = max(out.max() ?? 0, into.max() ?? 0)
      seconds += Double(phase.latencies) * alpha + Double(busiest) * phase.bytes / rate
    }
    let expected = collective.seconds(alpha: alpha, bytesPerSecond: rate)
    #expect(abs(seconds - expected) <= 1e-12 * expected, "\(collective)")
  }

  /// What each rank sends and receives, in bytes.
  private func traffic(of collective: Collective) -> (sent: [Double], received: [Double]) {
    var sent = Array(repeating: 0.0, count: collective.ranks)
    var received = sent
    for phase in collective.phases {
      phase.forEachTransfer(ranks: collective.ranks) { source, target in
        sent[source] += phase.bytes
        received[target] += phase.bytes
      }
    }
    return (sent, received)
  }

  /// No algorithm moves fewer bytes in all than 2 (n - 1) times the buffer.
  ///
  /// All parts but a rank's own have to leave it, and all but its own results to reach it (Thakur
  /// et al., 2005).
  @Test(arguments: every.filter { $0.kind == .allReduce })
  func everyAllReduceMovesJustTheLeastBytes(collective: Collective) {
    let total = traffic(of: collective).sent.reduce(0, +)
    let least = 2 * Double(collective.ranks - 1) * collective.bytes
    #expect(abs(total - least) <= 1e-9 * least, "\(collective)")
  }

  /// The busiest rank bears at least its part, 2 (n - 1)/n of the buffer: ring, halving and direct
  /// share it evenly, and trees do not, whose inner ranks pass on all that comes from two children.
  @Test(arguments: every.filter { $0.kind == .allReduce })
  func theBusiestRankOfAnAllReduceBearsItsPartOrMore(collective: Collective) {
    let (sent, received) = traffic(of: collective)
    let busiest = max(sent.max() ?? 0, received.max() ?? 0)
    let part = 2 * Double(collective.ranks - 1) / Double(collective.ranks) * collective.bytes
    if collective.algorithm == .tree, collective.ranks > 2 {
      #expect(
        busiest > 1.001 * part && busiest <= 2.001 * collective.bytes, "\(collective): \(busiest)")
    } else {
      #expect(abs(busiest - part) <= 1e-9 * part, "\(collective): \(busiest)")
    }
  }

  @Test(arguments: [2, 3, 4, 7, 8, 12, 33, 128])
  func bothTreesReachAllRanksAndShareNoInnerOne(ranks: Int) throws {
    let phase = try #require(Collective(.allReduce, .tree, ranks: ranks, bytes: 1).phases.first)
    var edges: [(child: Int, parent: Int)] = []
    phase.forEachTransfer(ranks: ranks) { edges.append(($0, $1)) }
    #expect(edges.count == 2 * (ranks - 1))
    // The edges of both trees alternate.
    var inner: [Set<Int>] = []
    for tree in 0...1 {
      let own = edges.indices.filter { $0 % 2 == tree }.map { edges[$0] }
      let parents = Dictionary(own.map { ($0.child, $0.parent) }, uniquingKeysWith: { $1 })
      #expect(parents.count == ranks - 1)
      let roots = Set((0..<ranks).filter { parents[$0] == nil })
      for rank in 0..<ranks {
        var (place, steps) = (rank, 0)
        while let parent = parents[place], steps <= phase.latencies {
          (place, steps) = (parent, steps + 1)
        }
        #expect(roots.contains(place) && steps <= phase.latencies)
      }
      // A root has one child and may be a leaf elsewhere.
      inner.append(Set(own.map(\.parent)).subtracting(roots))
    }
    #expect(ranks < 4 || inner[0].isDisjoint(with: inner[1]))
  }

  @Test func whatCannotBeDoneIsSaid() {
    #expect(Collective(.allReduce, .halvingDoubling, ranks: 12, bytes: 1).problem != nil)
    #expect(Collective(.allToAll, .ring, ranks: 4, bytes: 1).problem != nil)
    #expect(Collective(.allToAll, ranks: 1025, bytes: 1).problem != nil)
    #expect(Collective(.allReduce, ranks: 12, bytes: 1).problem == nil)
  }

  /// Times of ASTRA-sim's analytical back-end, commit 599a047, without contention.
  ///
  /// Ranks in a ring or behind a switch, 50 GiB/s and 500 ns a hop. Its all-gather counts what
  /// one rank brings.
  @Test(arguments: [
    (Collective(.allReduce, ranks: 4, bytes: 0x1p20), 1, 32_292.0),
    (Collective(.allReduce, ranks: 16, bytes: 0x1p30), 1, 37_515_000),
    (Collective(.allReduce, ranks: 16, bytes: 0x1p26), 2, 2_373_750),
    (Collective(.allGather, ranks: 4, bytes: 4 * 0x1p20), 1, 60_093),
    (Collective(.allGather, ranks: 16, bytes: 16 * 0x1p30), 2, 300_015_000),
    (Collective(.reduceScatter, ranks: 4, bytes: 0x1p26), 2, 940_500),
    (Collective(.reduceScatter, ranks: 16, bytes: 0x1p20), 1, 25_800),
    (Collective(.allReduce, .halvingDoubling, ranks: 4, bytes: 0x1p20), 2, 33_294),
    (Collective(.allReduce, .halvingDoubling, ranks: 16, bytes: 0x1p30), 1, 37_504_000),
    (Collective(.allReduce, .halvingDoubling, ranks: 16, bytes: 0x1p26), 2, 2_351_750),
  ])
  func theClosedFormsAreThoseOfASTRASim(collective: Collective, hops: Int, nanoseconds: Double) {
    let seconds = collective.seconds(
      alpha: Double(hops) * 500e-9, bytesPerSecond: 50 * 0x1p30)
    #expect(abs(seconds * 1e9 - nanoseconds) < 1e-3 * nanoseconds)
  }
}
