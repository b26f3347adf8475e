// SPDX-License-Identifier: GPL-3.0-or-later
import FlowMath
import Glibc
import Measuring

/// The vector functions beside a loop over the C library's, over as many elements as links.
struct VectorBenchmark {
  let count: Int
  private var anyNumbers: [Double]
  private var positive: [Double]
  private var results: [Double]

  init(count: Int) {
    self.count = count
    results = [Double](repeating: 0, count: count)
    // Weyl's sequence: evenly spread, and the same in every run.
    let spread = (0..<count).map {
      (Double($0) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1)
    }
    anyNumbers = spread.map { 40 * $0 - 20 }
    positive = spread.map { exp(10 * $0 - 5) }
  }

  mutating func run(_ table: PrintedTable) {
    let numbers = anyNumbers
    let bases = positive
    row(
      table, "exp", { for index in 0..<$0.count { $0[index] = exp(numbers[index]) } },
      { exponentials(of: numbers.span, into: &$0) })
    row(
      table, "log", { for index in 0..<$0.count { $0[index] = log(bases[index]) } },
      { logarithms(of: bases.span, into: &$0) })
  }

  private mutating func row(
    _ table: PrintedTable, _ name: String, _ scalar: (inout MutableSpan<Double>) -> Void,
    _ vector: (inout MutableSpan<Double>) -> Void
  ) {
    var slow = Double.infinity
    var fast = Double.infinity
    // By turns, so that what disturbs the machine disturbs both.
    for _ in 0..<40 {
      slow = min(slow, nanoseconds(scalar))
      fast = min(fast, nanoseconds(vector))
    }
    table.row([name, fixed(slow, 2), fixed(fast, 2), fixed(slow / fast, 2)])
  }

  /// CPU time per element; the least of several measurements is what others disturbed least.
  private mutating func nanoseconds(_ fill: (inout MutableSpan<Double>) -> Void) -> Double {
    let start = cpuSeconds()
    var span = results.mutableSpan
    fill(&span)
    return (cpuSeconds() - start) / Double(count) * 1e9
  }
}
