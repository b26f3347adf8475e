// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

/// Each way to write a study wrong has an error that says where, what was found, what was expected.
@Suite struct BadStudyTests {
  private static let head = "study: s\nscenario: tiny.yaml\n"
  private static let axis = "{name: x, path: duration, values: [1 s]}"

  @Test(arguments: [
    ("axes: [{name: x, path: duration, values: []}]", "expected at least one value"),
    ("axes: [{name: x, values: [1 s]}]", "axes[0].path: the key is missing"),
    ("axes: [{name: x, path: a, values: [1], between: [1, 2]}]", "expected exactly one"),
    ("axes: [{name: seed, path: a, values: [1]}]", "have already"),
    ("axes: [{name: 'a b', path: a, values: [1]}]", "letters, digits"),
    ("axes: [{name: x, path: seed, values: [1]}]", "seeds: 20"),
    ("set: {seed: 4}", "seeds: 20"),
    ("axes: [\(axis), {name: y, path: duration, values: [2 s]}]", "axis x sets duration"),
    ("axes: [\(axis), {name: x, path: warm_up, values: [2 s]}]", "a second axis \"x\""),
    (
      "axes: [{name: x, path: 'a[0].b', values: [1]}, {name: y, path: 'a[l].b.c', values: [1]}]",
      "axis x sets a[0].b"
    ),
    ("axes: [{name: digest, path: a, values: [1]}]", "have already"),
    ("axes: [\(axis)]\nwhere: y <= 3 s", "unknown axis \"y\""),
    ("axes: [{name: x, path: 'a.', values: [1]}]", "not a path"),
    ("axes: [{name: x, path: a, range: {from: 2, to: 1, step: 1}}]", "leads upwards"),
    ("axes: [{name: x, path: a, range: {from: 1 s, to: 2 ms, step: 1 s}}]", "a number in s"),
    ("axes: [{name: x, path: a, range: {from: 0, to: 1, step: 1e-12}}]", "at most 1000000"),
    ("axes: [{name: x, path: a, log: {from: 0, to: 1, count: 3}}]", "more than zero"),
    ("axes: [{name: x, path: a, log: {from: 1, to: 2, count: 1}}]", "2 to"),
    ("axes: [{name: x, path: a, values: [1, 1]}]", "twice"),
    ("axes: [{name: x, path: a, values: [1, 2], labels: [a]}]", "one for each value"),
    ("axes: [{name: x, path: a, between: [1, 2]}]", "sample: {method: sobol"),
    ("axes: [{name: x, path: a, between: [2, 1]}]\nsample: {method: sobol, count: 4}", "two ends"),
    ("sample: {method: sobol, count: 4}", "no axis has between"),
    ("axes: [{name: x, fail: {each: fibre, at: 1 s}}]", "no fibre that could fail"),
    ("axes: [\(axis)]\nwhere: x == 3 s", "no combination"),
    ("axes: [\(axis)]\nwhere: x == long", "unknown value"),
    ("axes: [\(axis)]\nwhere: x > 1 s", "no combination"),
    ("seeds: 0", "1 to 1000000"), ("seeds: 3\nuntil: {metric: m, relative: 1 %}", "at most one"),
    ("until: {metric: m, relative: 0.02}", "such as 2 %"),
    ("axis: []", "did you mean \"axes\""), ("keep: all", "metrics"),
    (
      "axes: [{name: x, path: a, range: {from: 1, to: 1000000, step: 1}}, "
        + "{name: y, path: b, range: {from: 1, to: 1000000, step: 1}}]",
      "at most 10000000"
    ),
  ])
  func saysWhatIsWrong(text: String, part: String) throws {
    let problems = try Bench().problems(of: Self.head + text + "\n")
    #expect(problems.contains(part), "\(problems)")
    #expect(problems.contains("study.yaml"), "\(problems)")
  }

  /// What only the scenario knows is found before the first run, and says of which variant it is.
  @Test func anUnknownPathIsFoundBeforeTheFirstRun() throws {
    let bench = try Bench()
    let error = try #require(throws: WrongVariants.self) {
      _ = try bench.plan(
        Self.head + "axes: [{name: x, path: 'traffic[0].generate.arrivals.poison', values: [3 /s]}]"
      )
    }
    #expect(error.description.contains("with x 3 /s"))
    #expect(error.description.contains("did you mean \"poisson\""))
    #expect(!error.description.contains("--set"))
  }

  @Test func elementsOfDifferentNamesAreApart() throws {
    let problems = try Bench().problems(
      of: Self.head
        + "axes: [{name: x, path: 'a[k].b', values: [1]}, {name: y, path: 'a[l].b', values: [1]}]")
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test func anAxisMustNotHaveTheNameOfAMetric() throws {
    #expect(throws: AxisLikeMetric.self) {
      _ = try Bench().sweep(
        Self.head + "axes: [{name: fct_mean, path: duration, values: [1 s]}]")
    }
  }

  @Test func theFileOfAScenarioIsMissing() throws {
    let problems = try Bench().problems(of: "{study: s, scenario: none.yaml}")
    #expect(problems.contains("none.yaml: can't be read: No such file"))
  }

  /// Found before the first run that counts, whatever scenario it may be of.
  @Test(arguments: [
    ("scenario: tiny.yaml\nmetrics: [flows_started, fct_mena]", "metrics"),
    ("scenario: tiny.yaml\nuntil: {metric: fct_mena, relative: 2 %}", "until.metric"),
    ("scenarios: {a: tiny.yaml, b: other.yaml}\nmetrics: [fct_mena]", "metrics"),
    (
      "scenarios: {a: tiny.yaml, b: other.yaml}\nuntil: {metric: fct_mena, relative: 2 %}",
      "until.metric"
    ),
  ])
  func aMetricIsUnknown(text: String, key: String) throws {
    let bench = try Bench()
    try bench.write(Bench.scenario.replacing("1 Gbps", with: "2 Gbps"), to: "other.yaml")
    let error = try #require(throws: UnknownMetric.self) {
      _ = try bench.sweep("study: s\n\(text)\n")
    }
    #expect(error.description.contains("study.yaml: \(key): unknown metric \"fct_mena\""))
    #expect(error.description.contains("did you mean \"fct_mean\""))
    #expect(try bench.text("out/records/1-of-1.records") == "cpnsim records 1\n")
  }

  /// A metric of one scenario alone, and one whose word nobody knows by heart, are as good as any.
  @Test func aMetricOfAnotherScenarioIsKnown() throws {
    let bench = try Bench()
    try bench.write("flow,start_s,source,target,bytes\nf,0.1,a,b,1000\n", to: "t.csv")
    try bench.write(
      """
      scenario: traced
      duration: 1 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic: [{trace: {file: t.csv, format: flows, name: t}}]
      """, to: "other.yaml")
    let end = try bench.sweep(
      "{study: s, scenarios: {a: tiny.yaml, b: other.yaml}, metrics: [t/rows_skipped]}")
    #expect(end.done == 2)
  }
}
