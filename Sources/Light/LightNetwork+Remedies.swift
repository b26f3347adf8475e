// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// What would have let a blocked request in, all else being as it was at that instant.

/// What somebody asks of the light.
package struct LightRequest {
  package var source: Int32
  package var target: Int32
  package var rate: Double
  package var protection: Protection

  package init(source: Int32, target: Int32, rate: Double, protection: Protection) {
    self.source = source
    self.target = target
    self.rate = rate
    self.protection = protection
  }
}

/// Slots of a path that somebody else has, on some of its fibres.
package struct TakenBlock {
  package var path: FibrePath
  package var first: Int
  package var count: Int
  /// Those of its fibres on which the slots are taken, and who has them, as far as that is known.
  package var fibres: [FibreID]
  package var holders: [LightpathID]
}

extension LightNetwork {
  /// Whether a request would be served as things stand; nothing is lit for it.
  package func wouldServe(_ request: LightRequest, at now: SimTime) -> Bool {
    serving(request, at: now) != nil
  }

  /// The light with a request in it; nil where it would be blocked.
  private func serving(_ request: LightRequest, at now: SimTime) -> LightNetwork? {
    var trial = self
    let answer = trial.connect(
      from: request.source, to: request.target, rate: request.rate,
      protection: request.protection, at: now)
    if case .connected = answer { return trial }
    return nil
  }

  /// How many regenerators more a request would take, by node, if any node could get some; nil where
  /// these would not let it in.
  package func regeneratorsNeeded(
    by request: LightRequest, at now: SimTime
  ) -> [(site: NodeID, count: Int)]? {
    guard let other = allowing(regeneration: true).serving(request, at: now) else { return nil }
    return other.regenerators.keys.sorted { $0.index < $1.index }.compactMap { site in
      let used = other.regenerators[site]?.inUse ?? 0
      let isAllowed = model.allowsRegeneration && model.regenerationSites?.contains(site) ?? true
      let stock = isAllowed ? model.regeneratorStock[site] : regenerators[site]?.inUse ?? 0
      guard let stock, used > stock else { return nil }
      return (site, used - stock)
    }
  }

  /// The same light with other equipment at its sites.
  package func allowing(regeneration: Bool = false, conversion: Bool = false) -> LightNetwork {
    var other = self
    var model = self.model
    model.allowsRegeneration = model.allowsRegeneration || regeneration
    if regeneration { (model.regenerationSites, model.regeneratorStock) = (nil, [:]) }
    model.allowsConversion = model.allowsConversion || conversion
    other.boxedModel = Boxed(model)
    return other
  }

  /// The fewest blocks of slots that would have to be free for a request, each of the path that
  /// lacks them on the fewest fibres; nil where no free slot helps.
  ///
  /// Found greedily, one block a lightpath, and tried: with all of them free it is served.
  package func blocksNeeded(by request: LightRequest, at now: SimTime) -> [TakenBlock]? {
    guard request.protection == .none else { return nil }
    var freed = self
    var chosen: Set<Int> = []
    var blocks: [TakenBlock] = []
    while blocks.count < Self.mostBlocks {
      let found = nearestBlocks(for: request, besides: chosen)
      guard !found.isEmpty else { return nil }
      for (block, rows) in found {
        for row in rows {
          for slot in block.first..<block.first + block.count {
            if !freed.spectrum.isFree(rows: [row], first: slot, count: 1) {
              freed.spectrum.release(rows: [row], first: slot, count: 1)
            }
            chosen.insert(Int(row) * spectrum.slots + slot)
          }
        }
        if !block.fibres.isEmpty { blocks.append(block) }
      }
      if freed.wouldServe(request, at: now) { return blocks }
    }
    return nil
  }

  private static let mostBlocks = 16

  /// The blocks that one lightpath needs on the candidate path where they are taken on the fewest
  /// fibres: one, or one for each part that has a channel of its own; none where nothing closes.
  ///
  /// Slots that are `chosen` already, as row times all slots plus slot, are for other lightpaths.
  private func nearestBlocks(
    for request: LightRequest, besides chosen: Set<Int>
  ) -> [(block: TakenBlock, rows: [Int32])] {
    var best: (taken: Int, blocks: [(part: CandidateID, first: Int)], count: Int)?
    // Candidates are found when they are first asked for.
    var trial = self
    let pair = candidates.pair(request.source, request.target)
    for path in trial.candidates.candidates(pair: pair) where trial.isWhole(path: path) {
      let demand = LightpathDemand(rate: request.rate)
      guard let plan = trial.parts(of: path, for: demand) else { continue }
      let count = Int(plan.choice.slots)
      let found = plan.parts.compactMap { part in
        nearestBlock(
          on: Array(trial.candidates.table.strands(ofPath: part.index)), count, besides: chosen
        ).map { (part: part, first: $0.first, taken: $0.taken) }
      }
      guard found.count == plan.parts.count else { continue }
      let taken = found.reduce(0) { $0 + $1.taken }
      if taken < best?.taken ?? .max { best = (taken, found.map { ($0.part, $0.first) }, count) }
    }
    guard let best else { return [] }
    return best.blocks.map { part, first in
      let rows = Array(trial.candidates.table.strands(ofPath: part.index))
      let path = trial.candidates.path(part)
      let taken = zip(rows, path.fibres).filter {
        !spectrum.isFree(rows: [$0.0], first: first, count: best.count)
      }
      let block = TakenBlock(
        path: path, first: first, count: best.count, fibres: taken.map(\.1),
        holders: holders(of: Set(taken.map(\.0)), first..<first + best.count))
      return (block, rows)
    }
  }

  /// The block of slots that is taken on the fewest of some rows.
  private func nearestBlock(
    on rows: [Int32], _ count: Int, besides chosen: Set<Int>
  ) -> (first: Int, taken: Int)? {
    guard count > 0, count <= spectrum.slots else { return nil }
    var best: (first: Int, taken: Int)?
    for first in 0...(spectrum.slots - count) {
      let isChosen = rows.contains { row in
        (first..<first + count).contains { chosen.contains(Int(row) * spectrum.slots + $0) }
      }
      guard !isChosen else { continue }
      let taken = rows.count { !spectrum.isFree(rows: [$0], first: first, count: count) }
      if taken < best?.taken ?? .max { best = (first, taken) }
    }
    return best
  }

  /// The lightpaths that have one of some slots on one of some rows.
  private func holders(of rows: Set<Int32>, _ slots: Range<Int>) -> [LightpathID] {
    lightpaths.positions.filter { index in
      let lightpath = lightpaths[index]
      let parts =
        segments[lightpath.segments].map { $0.map { (Array($0.rows), $0.first, $0.count) } }
        ?? [
          (
            Array(candidates.table.strands(ofPath: lightpath.path.index)), lightpath.first,
            lightpath.count
          )
        ]
      return parts.contains { part in
        slots.overlaps(Int(part.1)..<Int(part.1 + part.2)) && part.0.contains { rows.contains($0) }
      }
    }
  }

  /// The line rates of candidate paths that are less than a request asks for, the largest first.
  package func lesserRates(than request: LightRequest) -> [Double] {
    var trial = self
    let paths = trial.candidates.candidates(
      pair: trial.candidates.pair(request.source, request.target))
    var rates = Set(paths.map { trial.choice(on: $0, for: LightpathDemand(rate: 0)).lineRate })
    for part in [0.75, 0.5, 0.25, 0.1] { rates.insert(request.rate * part) }
    return rates.filter { $0 > 0 && $0 < request.rate }.sorted(by: >)
  }

  /// A candidate path as it stands for a request.
  package struct PathState {
    package var path: FibrePath
    package var isDown: Bool
    /// What a lightpath on it would carry, in bit/s; 0 where no mode closes.
    package var lineRate: Double
    /// Blocks that are free all the way, or in the part that has the fewest where light changes its
    /// channel; and the fewest that any of its fibres has, where something closes.
    package var freeBlocks: Int
    package var fullest: (fibre: FibreID, free: Int)?
  }

  /// The candidate paths of a request, in the order in which they are tried.
  package func pathStates(for request: LightRequest) -> [PathState] {
    var trial = self
    let paths = trial.candidates.candidates(
      pair: trial.candidates.pair(request.source, request.target))
    return paths.map { path in
      let all = trial.candidates.path(path)
      let isDown = !trial.isWhole(path: path)
      guard let plan = trial.parts(of: path, for: LightpathDemand(rate: request.rate)) else {
        return PathState(path: all, isDown: isDown, lineRate: 0, freeBlocks: 0)
      }
      let count = Int(plan.choice.slots)
      func free(_ rows: [Int32]) -> Int {
        (0...max(0, spectrum.slots - count)).count {
          count <= spectrum.slots && spectrum.isFree(rows: rows, first: $0, count: count)
        }
      }
      func rows(of path: CandidateID) -> [Int32] {
        Array(trial.candidates.table.strands(ofPath: path.index))
      }
      let fibres = zip(all.fibres, rows(of: path)).map { (fibre: $0, free: free([$1])) }
      return PathState(
        path: all, isDown: isDown, lineRate: plan.choice.lineRate,
        freeBlocks: plan.parts.map { free(rows(of: $0)) }.min() ?? 0,
        fullest: fibres.min { $0.free < $1.free })
    }
  }
}
