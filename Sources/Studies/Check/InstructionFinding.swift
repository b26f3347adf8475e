// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// How many instructions a run took, as some tool counts them.
public struct InstructionCount: Equatable, Sendable {
  public var tool: String
  public var count: Int64

  public init(tool: String, count: Int64) {
    self.tool = tool
    self.count = count
  }
}

/// What came of the instructions of a case.
///
/// Counts vary by fractions of a per cent and times by far more, so that one run says enough. They
/// are compared with counts of the same tool alone; where nothing counts the comparison is left out,
/// and said to be.
public struct InstructionFinding: Equatable, Sendable {
  /// The share by which there may be more.
  public let tolerance: Double
  public let before: InstructionCount?
  public let now: InstructionCount?

  init(tolerance: Double, before: InstructionCount?, now: InstructionCount?) {
    self.tolerance = tolerance
    self.before = before
    self.now = now
  }

  /// How many more there are, as a share; nil where the comparison is left out.
  public var change: Double? {
    guard let before, let now, before.tool == now.tool, before.count > 0 else { return nil }
    return Double(now.count - before.count) / Double(before.count)
  }

  public var isRed: Bool { change.map { $0 > tolerance } ?? false }

  var verdict: String { change == nil ? "left out" : isRed ? "worse" : "equal or better" }

  /// One line where it is not as it should be, or left out.
  var message: String {
    guard let now else {
      return "instructions are left out: neither perf nor valgrind counts them here"
    }
    guard let before else {
      return "instructions are left out: the baseline has none, and --update adds them"
    }
    guard let change else {
      return "instructions are left out: \(before.tool) counted the baseline, and here "
        + "\(now.tool) does"
    }
    guard isRed else { return "" }
    return "instructions are up by \(formatted(count: 100 * change)) %: "
      + "\(formatted(count: Double(before.count))) before, "
      + "\(formatted(count: Double(now.count))) now by \(now.tool); "
      + "tolerance \(formatted(count: 100 * tolerance)) %"
  }
}
