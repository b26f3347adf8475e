// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

/// What `where` of a study means.
@Suite struct ConditionTests {
  private static let axes = ["load", "rule", "margin"]

  private func holds(_ text: String, _ values: [String]) throws -> Bool {
    try ConditionParser.parse(text, axes: Self.axes).holds { values[$0] }
  }

  @Test(arguments: [
    ("load <= 200", "200", true), ("load < 200", "200", false), ("load >= 200", "199.5", false),
    ("load > 2e2", "201", true), ("load == 200.0", "200", true), ("load != 200", "200", false),
    ("100 < load", "150", true), ("load == 10 /s", "10 /s", true),
    ("load > 10 /s and load < 50/s", "20 /s", true), ("load < 5 %", "4%", true),
  ])
  func numbersCompareAsNumbers(text: String, load: String, expected: Bool) throws {
    #expect(try holds(text, [load, "x", "1 dB"]) == expected)
  }

  /// `or` binds less than `and`, `and` less than `not`; all eight cases of three facts.
  @Test func bindsAsInMostLanguages() throws {
    for (a, b, c) in [0, 1, 2, 3, 4, 5, 6, 7].map({ ($0 & 1 > 0, $0 & 2 > 0, $0 & 4 > 0) }) {
      let values = [a ? "1" : "0", b ? "yes" : "no", c ? "1 dB" : "0 dB"]
      #expect(
        try holds("not load == 1 and rule == yes or margin == 1 dB", values) == (!a && b || c))
      #expect(
        try holds("not (load == 1 and (rule == yes or margin == 1 dB))", values)
          == !(a && (b || c)))
    }
  }

  @Test func quantitiesCompareInOneUnit() throws {
    #expect(try holds("margin >= 1.5 dB", ["1", "x", "2 dB"]))
    #expect(throws: ConditionError.self) { try holds("margin >= 1.5 GHz", ["1", "x", "2 dB"]) }
  }

  @Test func textIsEqualOrNot() throws {
    #expect(try holds("rule == first-fit", ["1", "first-fit", "1 dB"]))
    #expect(try holds("rule != 'first fit'", ["1", "first-fit", "1 dB"]))
    #expect(throws: ConditionError.self) { try holds("rule < first-fit", ["1", "a", "1 dB"]) }
  }

  @Test(arguments: [
    ("", "found the end"), ("load", "found the end"), ("load = 3", "=="), ("load <= ", "the end"),
    ("(load <= 3", "without its )"), ("load <= 3 rule == x", "expected and, or"),
    ("1 <= load <= 3", "a second comparison"), ("load <= 'x", "without its end"),
    ("and load == 1", "expected an axis or a value"), ("load =< 3", "expected"),
    (String(repeating: "(", count: 200) + "load == 1", "nested too deep"),
  ])
  func saysWhatIsWrong(text: String, part: String) throws {
    let error = try #require(throws: ConditionError.self) {
      try ConditionParser.parse(text, axes: Self.axes)
    }
    #expect(error.text.contains(part), "\(error.text)")
  }
}
