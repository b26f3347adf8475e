// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

@Suite struct MalformedScenarioTests {
  @Test func theSoundScenarioHasNoProblem() throws {
    #expect(try problems(Flaw.sound) == [])
  }

  static let keys = [
    Flaw(
      "capacity: 2 Gbps", "capacty: 2 Gbps",
      "s.yaml:7:7: network.links[1].capacity: the key is missing: The rate it carries, "
        + "in each of its directions.",
      "s.yaml:7:21: network.links[1]: unknown key \"capacty\"; did you mean \"capacity\"? "
        + "(known: name, from, to, capacity, delay, two_way, port, kind)"),
    Flaw(
      "scenario: s\n", "", "s.yaml:1:1: scenario: the key is missing: The name of the scenario."),
    Flaw(
      "trace: t.csv", "{trace: t.csv, flows: []}",
      "s.yaml:11:5: traffic[0]: found trace and flows of trace, flows, generate, demand, tokens, training, elastic, transfers, jobs, "
        + "inference, expected exactly one"),
    Flaw(
      "trace: t.csv", "class: gold",
      "s.yaml:11:5: traffic[0]: found none of trace, flows, generate, demand, tokens, training, elastic, transfers, jobs, "
        + "inference, expected exactly one"),
    Flaw(
      "from: a, to: b, capacity", "from: a, capacity",
      "s.yaml:6:7: network.links[0]: found from without to, expected both"),
    Flaw(
      "path: [ab]", "count: 1",
      "s.yaml:14:15: traffic[2].generate: found none of path, pairs, weights, from, "
        + "expected exactly one"),
    Flaw(
      "fail: ab", "capacity: 1 Gbps",
      "s.yaml:16:5: events[0]: found capacity without link, expected both"),
    Flaw(
      "nodes: [a, b, c]", "nodes: a",
      "s.yaml:4:10: network.nodes: found \"a\", expected a list"),
  ]

  static let references = [
    Flaw(
      "to: b, capacity", "to: bb, capacity",
      "s.yaml:6:31: network.links[0].to: unknown node \"bb\" "
        + "(known: a, b, c)"),
    Flaw(
      "nodes: [a, b, c]", "nodes: [a, b, a]",
      "s.yaml:4:17: network.nodes[2]: a second node \"a\", first in line 4"),
    Flaw(
      "name: loose", "name: ab",
      "s.yaml:7:14: network.links[1].name: a second link \"ab\", first in line 6"),
    Flaw(
      "name: loose", "name: \"l;1\"",
      "s.yaml:7:14: network.links[1].name: found the name \"l;1\" with ; , \" or a control "
        + "character in it, expected a name without"),
    Flaw(
      "name: loose", "name: l:back",
      "s.yaml:7:14: network.links[1].name: found the name \"l:back\" that ends in :back, "
        + "expected another; that is the other direction of a two-way link"),
    Flaw(
      "name: loose", "name: \" l\"",
      "s.yaml:7:14: network.links[1].name: found the name \" l\" with a blank at its start or "
        + "end, expected a name without"),
    Flaw(
      "name: loose", "two_way: true, name: loose",
      "s.yaml:7:7: network.links[1].two_way: a link without from and to has one direction only"),
    Flaw(
      "from: a, to: b, capacity", "from: a, to: a, capacity",
      "s.yaml:6:31: network.links[0].to: found \"a\" as both ends, expected two different nodes"),
    Flaw(
      "- {name: gold, weight: 2}", "- {name: gold}\n  - {name: gold}",
      "s.yaml:10:12: classes[1].name: a second class \"gold\", first in line 9"),
    Flaw(
      "size: 1 MB}", "size: 1 MB, class: glod}",
      "s.yaml:13:55: traffic[1].flows[0].class: unknown class \"glod\"; did you mean \"gold\"? "
        + "(known: default, gold)"),
    Flaw(
      "from: a, to: b, size", "from: a, to: c, size",
      "s.yaml:13:33: traffic[1].flows[0].to: no route leads from \"a\" to \"c\""),
    Flaw(
      "from: a, to: b, size", "from: a, to: a, size",
      "s.yaml:13:33: traffic[1].flows[0].to: found \"a\" as both ends, "
        + "expected two different nodes"),
    Flaw(
      "from: a, to: b, size", "from: a, size",
      "s.yaml:13:9: traffic[1].flows[0]: a flow needs from and to, or a path"),
    Flaw(
      "from: a, to: b, size", "from: c, path: [ab], size",
      "s.yaml:13:35: traffic[1].flows[0].path: link \"ab\" does not leave from \"c\""),
    Flaw(
      "from: a, to: b, size", "path: [], size",
      "s.yaml:13:26: traffic[1].flows[0].path: the path is empty; "
        + "a path names at least one link"),
    Flaw(
      "path: [ab]", "path: [ab, lose]",
      "s.yaml:14:85: traffic[2].generate.path[1]: unknown link \"lose\"; did you mean \"loose\"? "
        + "(known: ab, loose)"),
    Flaw(
      "fail: ab", "fail: ab:back",
      "s.yaml:16:21: events[0].fail: found the name \"ab:back\" that ends in :back, "
        + "expected another; that is the other direction of a two-way link"),
    Flaw(
      "trace: t.csv", "trace: none.csv",
      "s.yaml:11:12: traffic[0].trace: the trace \"none.csv\" can't be read: "
        + "No such file or directory"),
    Flaw(
      "duration: 10 s\n", "",
      "s.yaml:13:15: traffic[2].generate: never ends; expected stop or count here, "
        + "or a duration of the scenario"),
    Flaw(
      "path: [ab]", "path: [ab], start: 2 s, stop: 1 s",
      "s.yaml:14:104: traffic[2].generate.stop: found a stop that is not after start, "
        + "expected a later one"),
    Flaw(
      "path: [ab]", "weights: {a: 1, c: 1}",
      "s.yaml:14:90: traffic[2].generate.weights.c: no route leads from \"a\" to \"c\"",
      "s.yaml:14:84: traffic[2].generate.weights.a: no route leads from \"c\" to \"a\""),
    Flaw(
      "fixed: 1 MB", "pareto: {alpha: 1, min: 2 MB, max: 1 MB}",
      "s.yaml:14:59: traffic[2].generate.sizes: the minimum, 2000000.0, must be less than the "
        + "maximum, 1000000.0"),
    Flaw(
      "fixed: 1 MB", "empirical: {values: [1 MB], weights: [1, 2]}",
      "s.yaml:14:59: traffic[2].generate.sizes: there must be as many weights as values, "
        + "found 2 for 1"),
    Flaw(
      "{poisson: 1 /s}", "{poisson: {load: 100 Pbps}}",
      "s.yaml:14:35: traffic[2].generate.arrivals: the load makes more than 1e9 /s, "
        + "expected a smaller load or larger sizes"),
    Flaw(
      "{poisson: 1 /s}", "{bursty: {rate: 1 /s, variation: 1e200}}",
      "s.yaml:14:68: traffic[2].generate.arrivals.bursty.variation: "
        + "found 1e200, expected a number up to 1e18"),
    Flaw(
      "path: [ab]", "weights: {a: 1e300, b: 1e300}",
      "s.yaml:14:87: traffic[2].generate.weights.a: found 1e300, expected a number up to 1e18",
      "s.yaml:14:97: traffic[2].generate.weights.b: found 1e300, expected a number up to 1e18"),
    Flaw(
      "duration: 10 s", "outputs: [links]\nduration: 10 s\nsample_every: 0 s",
      "s.yaml:4:15: sample_every: found \"0 s\", expected more than zero"),
  ]

  @Test(arguments: Flaw.values + keys + references)
  func everyFlawIsSaidWhereItStands(flaw: Flaw) throws {
    let text = Flaw.sound.replacing(flaw.from, with: flaw.to)
    #expect(text != Flaw.sound)
    let found = try problems(text).sorted()
    #expect(found == flaw.problems.sorted())
  }

  @Test func allProblemsAreReportedAtOnceInTheOrderOfTheFile() throws {
    let text = Flaw.sound.replacing("duration: 10 s", with: "duration: 10")
      .replacing("fail: ab", with: "fial: ab").replacing("weight: 2", with: "weight: &x x")
    #expect(
      try problems(text, settings: ["network.links[loose].capacity=1 Gbs"]) == [
        "s.yaml:2:11: duration: found 10, expected a time with a unit, such as \"10 s\"",
        "s.yaml:9:26: classes[0].weight: anchors (&x) are not supported; write the value out",
        "s.yaml:9:26: classes[0].weight: found \"x\", expected a finite decimal number",
        "s.yaml:16:5: events[0]: found none of capacity, fail, repair, cut, mend, amplifier, "
          + "transponder, fail_pool, expected exactly one",
        "s.yaml:16:15: events[0]: unknown key \"fial\"; did you mean \"fail\"? "
          + "(known: at, link, capacity, fail, repair, cut, mend, amplifier, transponder, "
          + "fail_pool, for)",
        "--set network.links[loose].capacity: network.links[1].capacity: found \"1 Gbs\", "
          + "expected a bit rate in one of bps, kbps, Mbps, Gbps, Tbps, Pbps; "
          + "did you mean \"Gbps\"?",
      ])
  }

  @Test func linksWithoutADurationNeedToKnowHowOftenToSample() throws {
    let text = """
      scenario: s
      network: {links: [{name: l, capacity: 1 bps}]}
      traffic: [{trace: t.csv}]
      outputs: [links]
      """
    #expect(
      try problems(text) == [
        "s.yaml:4:10: outputs: links needs sample_every, or a duration, to tell how often to "
          + "sample them"
      ])
    #expect(try problems(text + "\nsample_every: 1 s") == [])
  }

  @Test func aSettingIsNamedInPlaceOfTheFile() throws {
    #expect(
      try problems(Flaw.sound, settings: ["network.links[0].capacity=400"]) == [
        "--set network.links[0].capacity: found 400, expected a bit rate with a unit, "
          + "such as \"400 Gbps\""
      ])
  }

  /// What is empty has nothing inside that could say who wrote it.
  @Test(arguments: [
    ("traffic=[]", "--set traffic: found none, expected at least one entry"),
    ("scenario=''", "--set scenario: found \"\", expected a name"),
  ])
  func aSettingOfNothingIsNamedToo(setting: String, problem: String) throws {
    #expect(try problems(Flaw.sound, settings: [setting]) == [problem])
  }

  @Test func aFileWithoutEndOfProblemsIsToldInPart() throws {
    // Each line after the first is a second key: 10,000 are listed, the others counted.
    let repeated = String(repeating: "scenario: s\n", count: 12_001)
    let lines = try problems(repeated)
    #expect(lines.count == 10_001)
    // 12,000 repetitions and a missing key.
    #expect(lines.last == "and 2001 more problems")
  }
}
