// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A block that an assignment would take, and how it ranks beside those on other paths.
struct ChannelChoice {
  /// The lower, the better.
  var rank: Double
  var first: Int

  func precedes(_ other: ChannelChoice) -> Bool {
    rank != other.rank ? rank < other.rank : first < other.first
  }
}

extension FreeSlots {
  /// The block that an assignment takes of the free slots; nil where none is long enough.
  ///
  /// The free slots are spoilt by it.
  @inline(__always)
  func choice(
    _ assignment: ChannelAssignment, count: Int, in spectrum: SpectrumTable,
    using stream: inout RandomStream
  ) -> ChannelChoice? {
    if case .bestFit = assignment { return smallestRun(holding: count) }
    keepStarts(ofBlocks: count)
    return switch assignment {
    case .firstFit, .bestFit: lowest.map { ChannelChoice(rank: Double($0), first: $0) }
    case .lastFit: highest.map { ChannelChoice(rank: -Double($0), first: $0) }
    case .mostUsed: leastRank { -Double(spectrum.uses(from: $0, count: count)) / Double(count) }
    case .leastUsed: leastRank { Double(spectrum.uses(from: $0, count: count)) / Double(count) }
    case .random: anyStart(using: &stream)
    }
  }

  private func smallestRun(holding count: Int) -> ChannelChoice? {
    var best: ChannelChoice?
    var place = 0
    while let start = next(from: place) {
      place = nextTaken(from: start)
      let run = ChannelChoice(rank: Double(place - start), first: start)
      guard place - start >= count else { continue }
      if let known = best, !run.precedes(known) { continue }
      best = run
    }
    return best
  }

  private func leastRank(_ rank: (Int) -> Double) -> ChannelChoice? {
    var best: ChannelChoice?
    var place = 0
    while let start = next(from: place) {
      let block = ChannelChoice(rank: rank(start), first: start)
      if best.map({ block.precedes($0) }) ?? true { best = block }
      place = start + 1
    }
    return best
  }

  private func anyStart(using stream: inout RandomStream) -> ChannelChoice? {
    let count = self.count
    guard count > 0 else { return nil }
    let position = Int(stream.next(upperBound: UInt64(count)))
    return ChannelChoice(rank: 0, first: slot(at: position))
  }
}

extension SpectrumTable {
  /// The strands on which each slot of a block is taken, added up.
  fileprivate func uses(from first: Int, count: Int) -> Int {
    uses[first..<first + count].reduce(0) { $0 + Int($1) }
  }
}
