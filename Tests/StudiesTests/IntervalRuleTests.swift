// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Statistics
import Testing

@testable import Studies

/// When seeds are enough.
@Suite struct IntervalRuleTests {
  private let rule = IntervalRule(metric: "m", relative: 0.02, most: 200)

  @Test func looksAtTheSameNumbersWhateverRunsAreThere() {
    #expect(rule.wanted([]) == 20)
    #expect(rule.wanted(Array(repeating: 1, count: 19)) == 20)
    let wide: [Double?] = (0..<200).map { $0 % 2 == 0 ? 1 : 3 }
    #expect(rule.wanted(Array(wide.prefix(20))) == 30)
    #expect(rule.wanted(Array(wide.prefix(29))) == 30)
    #expect(rule.wanted(wide) == 200)
  }

  /// Equal values need no second look, and the first look counts whatever comes behind it.
  @Test func endsAtTheFirstNarrowInterval() {
    #expect(rule.wanted(Array(repeating: 5, count: 20)) == 20)
    let late: [Double?] = Array(repeating: 5, count: 20) + [1, 99]
    #expect(rule.wanted(late) == 20)
  }

  /// A failed run is no number, and does not hold the rule up for ever.
  @Test func failedRunsCountAsSeeds() {
    let values: [Double?] = Array(repeating: nil, count: 200)
    #expect(rule.wanted(values) == 200)
    #expect(rule.wanted(Array(repeating: nil, count: 5) + Array(repeating: 2, count: 15)) == 20)
  }
}
