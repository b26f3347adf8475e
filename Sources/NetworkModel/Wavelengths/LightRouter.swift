// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Decides on which path and in which slots a lightpath is lit.
///
/// It holds no state but its two rules; what it decides follows from the spectrum, the candidates
/// and, for random assignment, the stream. Nothing is taken: that is the caller's next step.
///
/// H. Zang, J. Jue, B. Mukherjee, "A review of routing and wavelength assignment approaches for
/// wavelength-routed optical WDM networks", Optical Networks Magazine 1 (2000).
public struct LightRouter: Hashable, Sendable {
  public var assignment: ChannelAssignment
  public var search: ChannelSearch

  public init(assignment: ChannelAssignment = .firstFit, search: ChannelSearch = .pathFirst) {
    self.assignment = assignment
    self.search = search
  }

  /// Finds a block that is free on every strand of one of the candidates.
  ///
  /// Candidates are indices of paths in the table, in the order in which they are tried. `slots`
  /// says how many slots the lightpath needs on a path, 0 where it does not reach. A path with a
  /// strand that is down is no candidate. Random assignment draws from the stream, the others
  /// leave it alone.
  public func place(
    _ candidates: some Collection<Int>, of table: CandidateTable, slots: (Int) -> Int32,
    in spectrum: SpectrumTable, isDown: StrandSet, using stream: inout RandomStream
  ) -> PlacementOutcome {
    let placement =
      switch (search, assignment) {
      case (.pathFirst, _):
        onFirstPath(
          candidates, of: table, slots: slots, in: spectrum, isDown: isDown, using: &stream)
      case (.channelFirst, .random):
        onAnyChannel(
          candidates, of: table, slots: slots, in: spectrum, isDown: isDown, using: &stream)
      case (.channelFirst, _):
        onBestChannel(
          candidates, of: table, slots: slots, in: spectrum, isDown: isDown, using: &stream)
      }
    if let placement { return .placed(placement) }
    return .blocked(
      reason(candidates, of: table, slots: slots, in: spectrum, isDown: isDown))
  }
}

extension LightRouter {
  @inline(__always)
  private func onFirstPath(
    _ candidates: some Collection<Int>, of table: CandidateTable, slots: (Int) -> Int32,
    in spectrum: SpectrumTable, isDown: StrandSet, using stream: inout RandomStream
  ) -> ChannelPlacement? {
    FreeSlots.with(spectrum) { free in
      for path in candidates {
        let (strands, count) = (table.strands(ofPath: path), slots(path))
        guard count > 0, !isDown.containsAny(of: strands) else { continue }
        free.load(strands, of: spectrum)
        if let choice = free.choice(assignment, count: Int(count), in: spectrum, using: &stream) {
          return ChannelPlacement(path: path, first: choice.first, count: count)
        }
      }
      return nil
    }
  }

  private func onBestChannel(
    _ candidates: some Collection<Int>, of table: CandidateTable, slots: (Int) -> Int32,
    in spectrum: SpectrumTable, isDown: StrandSet, using stream: inout RandomStream
  ) -> ChannelPlacement? {
    FreeSlots.with(spectrum) { free in
      var best: (choice: ChannelChoice, placement: ChannelPlacement)?
      for path in candidates {
        let (strands, count) = (table.strands(ofPath: path), slots(path))
        guard count > 0, !isDown.containsAny(of: strands) else { continue }
        free.load(strands, of: spectrum)
        guard
          let choice = free.choice(assignment, count: Int(count), in: spectrum, using: &stream)
        else { continue }
        if let best, !choice.precedes(best.choice) { continue }
        best = (choice, ChannelPlacement(path: path, first: choice.first, count: count))
      }
      return best?.placement
    }
  }

  /// Draws one of the channels with which a block begins on some path.
  private func onAnyChannel(
    _ candidates: some Collection<Int>, of table: CandidateTable, slots: (Int) -> Int32,
    in spectrum: SpectrumTable, isDown: StrandSet, using stream: inout RandomStream
  ) -> ChannelPlacement? {
    FreeSlots.with(spectrum) { free in
      FreeSlots.with(spectrum) { any in
        func load(_ path: Int) -> Int32? {
          let (strands, count) = (table.strands(ofPath: path), slots(path))
          guard count > 0, !isDown.containsAny(of: strands) else { return nil }
          free.load(strands, of: spectrum)
          free.keepStarts(ofBlocks: Int(count))
          return count
        }
        for path in candidates where load(path) != nil { any.add(free) }
        let number = any.count
        guard number > 0 else { return nil }
        let first = any.slot(at: Int(stream.next(upperBound: UInt64(number))))
        for path in candidates {
          guard let count = load(path), free.contains(first) else { continue }
          return ChannelPlacement(path: path, first: first, count: count)
        }
        return nil
      }
    }
  }
}

extension ChannelPlacement {
  fileprivate init(path: Int, first: Int, count: Int32) {
    self.init(
      path: Int32(truncatingIfNeeded: path), first: Int32(truncatingIfNeeded: first), count: count)
  }
}

extension StrandSet {
  @inline(__always)
  func containsAny(of strands: ArraySlice<Int32>) -> Bool {
    guard !isEmpty else { return false }
    return strands.contains { contains($0) }
  }
}
