// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// What a study lacks: runs that are missing, runs that failed, and whose they are.
public struct Holes: Sendable {
  public private(set) var done = 0
  public private(set) var missing = 0
  public private(set) var failed = 0
  /// The shards that have a run which is missing or failed, in order.
  public private(set) var shards: [Int] = []
  /// Of each variant that lacks runs its words and the seeds, for the first of them.
  public private(set) var variants: [(variant: String, seeds: [Int])] = []
  public private(set) var furtherVariants = 0
  /// The time that one run took in the mean, in seconds; nil where none is done.
  public private(set) var run_s: Double?

  /// More than a screen has.
  private static let mostShown = 10

  public var isEmpty: Bool { missing + failed == 0 }

  /// Looks through all runs of a study; `count` is how many shards it is divided into.
  ///
  /// Where a rule ends each variant, a variant counts the runs that the rule has asked for.
  public init(in plan: StudyPlan, of folder: StudyFolder, shards count: Int = 1) throws {
    let index = try folder.records()
    var open: Set<Int> = []
    var seconds = 0.0
    for position in 0..<plan.study.cellCount {
      let cell = CellResults(plan.study.cell(position), of: plan, in: index)
      var lacking: [Int] = []
      for entry in cell.runs {
        switch entry.run {
        case .done(let record, _):
          done += 1
          seconds += record.seconds
          continue
        case .failed: failed += 1
        case .missing: missing += 1
        }
        lacking.append(entry.seed)
        open.insert(
          Shard.index(ofCell: position, seed: entry.seed, count: count, in: plan.study))
      }
      note(lacking, plan.study.description(of: cell.cell))
    }
    shards = open.sorted()
    run_s = done > 0 ? seconds / Double(done) : nil
  }

  private mutating func note(_ seeds: [Int], _ variant: String) {
    guard !seeds.isEmpty else { return }
    if variants.count < Self.mostShown {
      variants.append((variant, seeds))
    } else {
      furtherVariants += 1
    }
  }

  /// Lines for people; empty where nothing lacks.
  public var text: String {
    guard !isEmpty else { return "" }
    let all = done + missing + failed
    var text = "\(missing) of \(counted(all, "run")) missing, \(failed) failed\n"
    for (variant, seeds) in variants {
      let words = variant.isEmpty ? "" : variant + ": "
      text += "  \(words)\(seeds.count == 1 ? "seed" : "seeds") \(NumberRanges.text(seeds))\n"
    }
    if furtherVariants > 0 { text += "  and \(counted(furtherVariants, "variant")) more\n" }
    return text
  }
}

/// Whole numbers in few letters, as Slurm reads them: `1-5,9`.
enum NumberRanges {
  static func text(_ sorted: [Int]) -> String {
    var ranges: [(first: Int, last: Int)] = []
    for number in sorted {
      if let last = ranges.last, last.last + 1 == number {
        ranges[ranges.count - 1].last = number
      } else {
        ranges.append((number, number))
      }
    }
    return ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
      .joined(separator: ",")
  }
}
