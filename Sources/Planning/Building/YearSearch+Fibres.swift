// SPDX-License-Identifier: GPL-3.0-or-later

// Which new fibres are laid.

extension YearSearch {
  /// So many fibres are tried in all choices.
  private static let fewFibres = 3

  /// What is best with any of the fibres that may be laid; nil where `watch` wanted to stop.
  func withFibres(_ bare: Found) throws -> Found? {
    let there = Set(existing.fibres)
    let open = plan.fibres.filter { !there.contains($0.name) }
    guard !open.isEmpty else { return bare }
    return try open.count <= Self.fewFibres ? bestChoice(of: open, bare) : stepwise(open, bare)
  }

  /// Goes through all choices, those of fewer fibres first.
  private func bestChoice(of open: [BuildPlan.NewFibre], _ bare: Found) throws -> Found? {
    var best = bare
    let choices = (1..<(1 << open.count)).sorted {
      ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
    }
    for bits in choices {
      let choice = open.indices.filter { bits >> $0 & 1 == 1 }
      // Fibres alone that cost as much as what leaves nothing undone can't be better.
      let price = choice.reduce(0) { $0 + open[$1].price }
      guard !best.year.isWhole || price < best.year.cost else { continue }
      guard let next = try find(existing.fibres + choice.map { open[$0].name }) else { return nil }
      if next.year.isBetter(than: best.year) { best = next }
    }
    return best
  }

  /// Lays the fibre that is best, one after the other, and all of them where none alone is of use;
  /// then takes back those without which it is better.
  private func stepwise(_ open: [BuildPlan.NewFibre], _ bare: Found) throws -> Found? {
    var best = bare
    while true {
      let laid = Set(best.year.build.fibres)
      let more = open.map(\.name).filter { !laid.contains($0) }
      guard let next = try better(of: more.map { best.year.build.fibres + [$0] }, than: best)
      else { return nil }
      guard next.year.isBetter(than: best.year) else { break }
      best = next
    }
    if !best.year.isWhole {
      guard let all = try find(existing.fibres + open.map(\.name)) else { return nil }
      if all.year.isBetter(than: best.year) { best = all }
    }
    while true {
      let new = best.year.build.fibres.filter { !existing.fibres.contains($0) }
      let less = new.map { gone in best.year.build.fibres.filter { $0 != gone } }
      guard let next = try better(of: less, than: best) else { return nil }
      guard next.year.isBetter(than: best.year) else { return best }
      best = next
    }
  }

  private func better(of choices: [[String]], than found: Found) throws -> Found? {
    var best = found
    for choice in choices {
      guard let next = try find(choice) else { return nil }
      if next.year.isBetter(than: best.year) { best = next }
    }
    return best
  }
}

extension YearPlan {
  /// Whether it leaves less undone, or as much for less money.
  fileprivate func isBetter(than other: YearPlan) -> Bool {
    (undone, unmet, cost) < (other.undone, other.unmet, other.cost)
  }

  /// Whether nothing that fibres may help is left undone.
  fileprivate var isWhole: Bool { undone == 0 && unmet == 0 }

  /// How much there is that no build with these fibres helps.
  private var undone: Int { short.count + hopeless.count }

  /// How far levels that no channel and no line changes are from holding, and loss, of which what
  /// is left has no way.
  private var unmet: Double {
    let sum = levels.reduce(0) { sum, result in
      guard let value = result.screened else { return sum }
      switch result.level {
      case .loss: return sum + result.level.excess(of: value)
      case let level where level.isOfRoutes: return sum + level.excess(of: value)
      default: return sum
      }
    }
    // What differs by rounding is the same.
    return (sum * 1e9).rounded()
  }
}
