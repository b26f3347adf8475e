// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// The variants that two sides share, and what is left over.
struct PairedVariants {
  private(set) var variants: [PairedVariant] = []
  private(set) var notes: [String]

  init(_ baseline: ComparedSide, _ candidate: ComparedSide) {
    notes = baseline.notes + candidate.notes
    let anySeeds = [baseline, candidate].allSatisfy {
      $0.axes.isEmpty && $0.variants.count == 1 && $0.variants[0].runs.count == 1
    }
    let byLabels = Dictionary(
      candidate.variants.map { ($0.labels, $0) }, uniquingKeysWith: { first, _ in first })
    variants = baseline.variants.compactMap { variant in
      byLabels[variant.labels].map { PairedVariant(variant, $0, anySeeds: anySeeds) }
    }
    if anySeeds { noteSeeds(variants[0]) }
    noteChance()
    note(baseline, lacks: baseline.variants.count - variants.count, in: candidate)
    note(candidate, lacks: candidate.variants.count - variants.count, in: baseline)
    let single = variants.reduce(into: (0, 0)) {
      $0 = ($0.0 + $1.single.baseline, $0.1 + $1.single.candidate)
    }
    if single.0 > 0 || single.1 > 0 {
      notes.append(
        "left out, as the other side lacks their seeds: \(counted(single.0, "run")) of "
          + "\(baseline.name), \(counted(single.1, "run")) of \(candidate.name)")
    }
  }

  private mutating func noteSeeds(_ variant: PairedVariant) {
    let seeds = variant.runs.map { ($0.baseline.seed, $0.candidate.seed) }
    notes += seeds.filter { $0 != $1 }.map { first, second in
      "the seeds differ, \(first) and \(second): the two runs met different arrivals"
    }
  }

  private mutating func noteChance() {
    let count = variants.count(where: \.isWithoutChance)
    guard count > 0 else { return }
    let place = variants.count > 1 ? " of \(counted(count, "variant"))" : ""
    notes.append("no seed changes anything\(place): all pairs are the same one, which counts once")
  }

  private mutating func note(_ side: ComparedSide, lacks count: Int, in other: ComparedSide) {
    guard count > 0 else { return }
    notes.append(
      "left out, as \(other.name) lacks them: \(counted(count, "variant")) of \(side.name)")
  }
}
