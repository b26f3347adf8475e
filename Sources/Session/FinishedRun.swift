// SPDX-License-Identifier: GPL-3.0-or-later

public import Simulator
internal import Text
public import Traces

/// What came of a run, how long it took, and what its user should know of it.
public struct FinishedRun: Sendable {
  /// The digest, the rows of the summary, and what people are shown.
  public let outcome: RunOutcome
  /// By the clock on the wall, from the first event to the last.
  public let wallSeconds: Double
  public let warnings: [RunWarning]
  /// At most seven sentences that are worth reading first.
  public let findings: [Finding]
  /// What came of all that the scenario expects, in its order.
  public let verdicts: [Verdict]
}

/// Something that went as the scenario has it, and hardly as its user meant it.
public enum RunWarning: Sendable, CustomStringConvertible {
  case skippedLines(file: String, SkippedLines)
  /// In a run without a horizon; so many.
  case flowsThatNeverFinish(Int)
  /// A column of a table, which is left empty in so many rows.
  case numbersWithoutBounds(column: String, rows: Int)

  public var description: String {
    switch self {
    case .skippedLines(let file, let skipped):
      let more = skipped.count > skipped.first.count ? ", of which the first are" : ""
      return
        (["\(file): skipped \(counted(skipped.count, "line"))\(more):"]
        + skipped.first.map { "  \($0)" }).joined(separator: "\n")
    case .flowsThatNeverFinish(let count):
      let theirs = count == 1 ? "it waits" : "they wait"
      return "\(counted(count, "flow")) can never finish: what \(theirs) for stays down or too slow"
    case .numbersWithoutBounds(let column, let rows):
      return "\(column) has no bounds in \(counted(rows, "row")), and is left empty there; "
        + "please report it"
    }
  }
}
