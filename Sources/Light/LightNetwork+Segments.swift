// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// Lightpaths that change their channel on the way, because they may or because they must.
//
// With conversion every fibre may have a channel of its own. With regeneration a route is cut
// into as few segments as close, where its whole length does not; each segment has a channel.

extension LightNetwork {
  package mutating func lightInSegments(
    _ routes: [CandidateID], for demand: LightpathDemand, at now: SimTime
  ) -> LightingResult<Lightpath> {
    var reason = BlockReason.noRoute
    for route in routes where isWhole(path: route) {
      guard let plan = plan(for: route, demand) else {
        reason = reason.further(lacksRegenerators(route, demand) ? .noRegenerator : .noReach)
        continue
      }
      switch place(plan, on: route, demand.role, at: now) {
      case .lit(let lightpath): return .lit(lightpath)
      case .blocked(let found): reason = reason.further(found)
      }
    }
    return .blocked(reason)
  }

  /// The segments of a route, and what runs over all of them.
  package struct SegmentPlan {
    package var parts: [CandidateID]
    package var choice: RouteChoice
  }

  /// What a lightpath on a route would run over, wherever there is room; nil where nothing closes.
  package mutating func parts(
    of route: CandidateID, for demand: LightpathDemand
  ) -> SegmentPlan? {
    if model.allowsConversion || model.allowsRegeneration { return plan(for: route, demand) }
    let whole = choice(on: route, for: demand)
    return whole.slots > 0 ? SegmentPlan(parts: [route], choice: whole) : nil
  }

  private mutating func plan(for route: CandidateID, _ demand: LightpathDemand) -> SegmentPlan? {
    let whole = choice(on: route, for: demand)
    let needed =
      whole.slots > 0
      ? SegmentPlan(parts: [route], choice: whole)
      : model.allowsRegeneration ? regenerated(route, demand) : nil
    guard var plan = needed else { return nil }
    if model.allowsConversion { plan.parts = candidates.fibresApart(of: route) }
    return plan
  }

  /// The fewest segments over which something closes, each as long as it can be.
  ///
  /// Every rate that closes on the first fibre is tried; of those with the fewest segments the
  /// fastest is taken.
  private mutating func regenerated(
    _ route: CandidateID, _ demand: LightpathDemand
  ) -> SegmentPlan? {
    let path = candidates.path(route)
    var best: SegmentPlan?
    for grade in offers(onFirstFibreOf: route, demand) {
      guard let parts = cut(path, for: grade, demand) else { continue }
      let isBetter =
        best.map {
          (parts.count, -grade.lineRate) < ($0.parts.count, -$0.choice.lineRate)
        } ?? true
      if isBetter { best = SegmentPlan(parts: parts, choice: grade) }
    }
    return best
  }

  private mutating func offers(
    onFirstFibreOf route: CandidateID, _ demand: LightpathDemand
  ) -> [RouteChoice] {
    guard let first = candidates.fibresApart(of: route).first else { return [] }
    let modes = candidates.modes(first)
    guard !modes.isEmpty else {
      // By length alone: what each step of the table carries.
      return [choice(on: first, for: demand)] + candidates.stepChoices(for: demand, guardSlots)
    }
    return modes.filter { $0.lineRate >= demand.leastRate }.map {
      RouteChoice(
        slots: isFlexible ? $0.slots + guardSlots : 1, mode: $0.mode, lineRate: $0.lineRate)
    }
  }

  private func carries(
    _ part: CandidateID, _ wanted: RouteChoice, _ demand: LightpathDemand
  ) -> Bool {
    guard wanted.slots > 0 else { return false }
    if wanted.mode >= 0 { return candidates.modes(part).contains { $0.mode == wanted.mode } }
    let found = choice(on: part, for: demand)
    return found.slots > 0 && found.slots <= wanted.slots && found.lineRate >= wanted.lineRate
  }

  /// Cuts a path into the longest parts that carry something; nil where one fibre does not.
  private mutating func cut(
    _ path: FibrePath, for wanted: RouteChoice, _ demand: LightpathDemand
  ) -> [CandidateID]? {
    var parts: [CandidateID] = []
    var start = 0
    while start < path.hops {
      var longest: CandidateID?
      var stop = start
      var end = start
      while end < path.hops {
        let part = candidates.add(path.part(start..<end + 1, in: model.plant))
        guard carries(part, wanted, demand) else { break }
        end += 1
        // A part ends where the path does, or where light may be regenerated.
        if end == path.hops || mayRegenerate(at: path.sites[end]) { (longest, stop) = (part, end) }
      }
      guard let longest else { return nil }
      parts.append(longest)
      start = stop
    }
    return parts
  }

  private func mayRegenerate(at site: NodeID) -> Bool {
    guard model.regenerationSites?.contains(site) ?? true else { return false }
    return model.regeneratorStock[site].map { (regenerators[site]?.inUse ?? 0) < $0 } ?? true
  }

  /// Whether more regenerators at the nodes that have some would do for a route.
  private func lacksRegenerators(_ route: CandidateID, _ demand: LightpathDemand) -> Bool {
    guard !model.regeneratorStock.isEmpty else { return false }
    var trial = self
    var endless = model
    endless.regeneratorStock = [:]
    trial.boxedModel = Boxed(endless)
    return trial.plan(for: route, demand) != nil
  }

  private mutating func place(
    _ plan: SegmentPlan, on route: CandidateID, _ role: Lightpath.Role, at now: SimTime
  ) -> LightingResult<Lightpath> {
    var placed: [Segment] = []
    var draws = stream
    defer { stream = draws }
    for part in plan.parts {
      let answer = place(CollectionOfOne(part.index), using: &draws) { _ in plan.choice.slots }
      guard case .placed(let placement) = answer else {
        let strands = candidates.table.strands(ofPath: route.index)
        let hasRoom = spectrum.hasBlock(of: Int(plan.choice.slots), onEachOf: strands)
        return .blocked(hasRoom ? .noContinuity : .noChannel)
      }
      placed.append(
        Segment(
          rows: candidates.rows(of: candidates.path(part)), first: placement.first,
          count: placement.count))
    }
    for part in placed {
      spectrum.occupy(rows: part.rows, first: Int(part.first), count: Int(part.count))
    }
    countRegenerators(on: route, placed, by: 1)
    lightpathsLit += 1
    return .lit(
      lightpaths.add(
        Lightpath(
          path: route, first: placed[0].first, count: plan.choice.slots,
          segments: keep(placed), mode: plan.choice.mode, lineRate: plan.choice.lineRate,
          role: role, litAt: now, number: lightpathsLit)))
  }
}

extension LightNetwork {
  /// Counts the regenerators between the segments of a lightpath in or out, one at each place for
  /// both ways of it; where channels may be converted, every place makes light anew.
  mutating func countRegenerators(on route: CandidateID, _ parts: [Segment], by change: Int) {
    guard !model.allowsConversion else { return }
    let sites = candidates.path(route).sites
    var hop = 0
    for part in parts.dropLast() {
      hop += part.rows.count
      regenerators[sites[hop], default: .init()].inUse += change
      regenerators[sites[hop]]?.countMost()
    }
  }

  /// How many regenerators a place has in use, and had at most.
  public struct RegeneratorCount: Sendable {
    package internal(set) var inUse = 0
    public fileprivate(set) var most = 0

    fileprivate mutating func countMost() { most = max(most, inUse) }
  }
}

extension FibrePath {
  /// Some neighbouring fibres of the path, as a path.
  package func part(_ range: Range<Int>, in plant: FibrePlant) -> FibrePath {
    let taken = Array(fibres[range])
    return FibrePath(
      sites: Array(sites[range.lowerBound...range.upperBound]), fibres: taken,
      length: plant.length(of: taken))
  }
}
