// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

/// Requests with something wrong in them, in the scenario or in a file.
@Suite struct MalformedRequestTests {
  /// In the scenario.
  static let requests = LightFlaw.read(
    #"""
    hold: 1 s} => hold: 1 s}\n        - {request: q2, from: a, to: b, rate: 1 bps, hold: 300 y}
      23:60: light.requests[0].list[1].hold: found "300 y", expected a time in one of ns, us, ms, s, min, h, d
    {fixed: 100 Gbps} => {uniform: {min: 1 Gbps, max: inf Gbps}}
      24:135: light.requests[2].generate.rates.uniform.max: found "inf Gbps", expected a bit rate such as "400 Gbps"
    {fixed: 100 Gbps} => {uniform: {min: 1 Gbps, max: 9 Gbps, step: 0 Gbps}}
      24:149: light.requests[2].generate.rates.uniform.step: found "0 Gbps", expected more than zero
    {fixed: 100 Gbps} => {choice: {values: [0 Gbps]}}
      24:125: light.requests[2].generate.rates.choice.values[0]: found "0 Gbps", expected more than zero
    between: all => between: all, stop: 0 s
      24:145: light.requests[2].generate.stop: found a stop that is not after start, expected a later one
    between: all => between: all, start: -1 s
      24:146: light.requests[2].generate.start: found "-1 s", expected a time of at least zero
    request: q1, =>
      22:11: light.requests[0].list[0].request: the key is missing: The name of the request, different from all others.
    from: a, to: b, rate: 100 Gbps, hold => from: x, to: b, rate: 100 Gbps, hold
      22:31: light.requests[0].list[0].from: unknown node "x"; did you mean "a"? (known: a, b, c)
    from: a, to: b, rate: 100 Gbps, hold => from: a, to: a, rate: 100 Gbps, hold
      22:38: light.requests[0].list[0].to: found "a" as both ends, expected two different nodes
    rate: 100 Gbps, hold => rate: 0 Gbps, hold
      22:47: light.requests[0].list[0].rate: found "0 Gbps", expected more than zero
    rate: 100 Gbps, hold => hold
      22:11: light.requests[0].list[0].rate: the key is missing: What it asks for.
    hold: 1 s => hold: 0 s
      22:63: light.requests[0].list[0].hold: found "0 s", expected more than zero
    hold: 1 s => hold: 1
      22:63: light.requests[0].list[0].hold: found 1, expected a time with a unit, such as "10 s"
    hold: 1 s => start: -1 s
      22:64: light.requests[0].list[0].start: found "-1 s", expected a time of at least zero
    hold: 1 s => protection: two
      22:69: light.requests[0].list[0].protection: unknown word "two" (known: none, 1+1, ring, restoration)
    hold: 1 s} => hold: 1 s}\n        - {request: q1, from: a, to: c, rate: 1 Gbps}
      23:21: light.requests[0].list[1].request: a second request "q1", first in line 22
    hold: 1 s => colour: red
      22:57: light.requests[0].list[0]: unknown key "colour" (known: request, start, from, to, rate, hold, protection)
    trace: r.csv => trace: none.csv
      23:14: light.requests[1].trace: the file "none.csv" can't be read: No such file or directory
    erlang: 5 => erlang: 0
      24:46: light.requests[2].generate.arrivals.erlang: found 0, expected more than zero
    erlang: 5 => erlang: -5
      24:46: light.requests[2].generate.arrivals.erlang: found -5, expected more than zero
    erlang: 5 => erlang: nan
      24:46: light.requests[2].generate.arrivals.erlang: found nan, expected a finite decimal number
    erlang: 5 => erlang: 1e300
      24:46: light.requests[2].generate.arrivals.erlang: found 1e300, expected a number up to 1e18
    erlang: 5 => erlang: 5, poisson: 1 /s
      24:37: light.requests[2].generate.arrivals: found poisson and erlang of poisson, erlang, expected exactly one
    erlang: 5 => poisson: 1
      24:47: light.requests[2].generate.arrivals.poisson: found 1, expected a rate with a unit, such as "100 /s"
    erlang: 5 => poisson: 0 /s
      24:47: light.requests[2].generate.arrivals.poisson: found "0 /s", expected more than zero
    erlang: 5 => poisson: 1e12 /s
      24:47: light.requests[2].generate.arrivals.poisson: found "1e12 /s", expected a rate of at most 1e9 /s
    {erlang: 5} => {}
      24:37: light.requests[2].generate.arrivals: found none of poisson, erlang, expected exactly one
    {exponential: {mean: 2 s, below: 4 s}} => {exponential: {mean: 0 s}}
      24:80: light.requests[2].generate.holding.exponential.mean: found "0 s", expected more than zero
    {exponential: {mean: 2 s, below: 4 s}} => {exponential: {mean: 2 s, below: 1 us}}
      24:92: light.requests[2].generate.holding.exponential.below: found less than a thousandth of the mean, expected more
    {exponential: {mean: 2 s, below: 4 s}} => {exponential: {below: 4 s}}
      24:73: light.requests[2].generate.holding.exponential.mean: the key is missing: The mean time, before longer ones are drawn again.
    {exponential: {mean: 2 s, below: 4 s}} => {fixed: 2}
      24:67: light.requests[2].generate.holding.fixed: found 2, expected a time with a unit, such as "10 s"
    {exponential: {mean: 2 s, below: 4 s}} => {fixed: 1 s, exponential: 2 s}
      24:59: light.requests[2].generate.holding: found fixed and exponential of fixed, exponential, expected exactly one
    {exponential: {mean: 2 s, below: 4 s}} => {pareto: 1 s}
      24:59: light.requests[2].generate.holding: found none of fixed, exponential, expected exactly one
      24:60: light.requests[2].generate.holding: unknown key "pareto" (known: fixed, exponential)
    {exponential: {mean: 2 s, below: 4 s}} => 5 s
      24:59: light.requests[2].generate.holding: found "5 s", expected a mapping
    {fixed: 100 Gbps} => {fixed: 0 Gbps}
      24:114: light.requests[2].generate.rates.fixed: found "0 Gbps", expected more than zero
    {fixed: 100 Gbps} => {fixed: 100}
      24:114: light.requests[2].generate.rates.fixed: found 100, expected a bit rate with a unit, such as "400 Gbps"
    {fixed: 100 Gbps} => {uniform: {min: 100 Gbps, max: 10 Gbps}}
      24:116: light.requests[2].generate.rates.uniform: found no rates or more than 100000 of them, expected min <= max and a larger step
    {fixed: 100 Gbps} => {uniform: {min: 1 bps, max: 100 Gbps, step: 1 bps}}
      24:116: light.requests[2].generate.rates.uniform: found no rates or more than 100000 of them, expected min <= max and a larger step
    {fixed: 100 Gbps} => {uniform: {min: 1 Gbps}}
      24:116: light.requests[2].generate.rates.uniform.max: the key is missing: The most.
    {fixed: 100 Gbps} => {choice: {values: []}}
      24:115: light.requests[2].generate.rates.choice: there must be at least one value
    {fixed: 100 Gbps} => {choice: {values: [1 Gbps], weights: [1, 2]}}
      24:115: light.requests[2].generate.rates.choice: there must be as many weights as values, found 2 for 1
    {fixed: 100 Gbps} => {choice: {values: [1 Gbps], weights: [0]}}
      24:144: light.requests[2].generate.rates.choice.weights[0]: found 0, expected more than zero
    {fixed: 100 Gbps} => {choice: {values: [1 Gbps, 2 Gbps], weights: [1e308, 1e308]}}
      24:152: light.requests[2].generate.rates.choice.weights[0]: found 1e308, expected a number up to 1e18
      24:159: light.requests[2].generate.rates.choice.weights[1]: found 1e308, expected a number up to 1e18
    {fixed: 100 Gbps} => {fixed: 1 Gbps, choice: {values: [1 Gbps]}}
      24:106: light.requests[2].generate.rates: found fixed and choice of fixed, uniform, choice, expected exactly one
    between: all => between: some
      24:134: light.requests[2].generate.between: unknown word "some" (known: all)
    between: all => pairs: []
      24:17: light.requests[2].generate.pairs: found an empty list, expected at least one pair
    between: all => pairs: [{from: a, to: x}]
      24:147: light.requests[2].generate.pairs[0].to: unknown node "x"; did you mean "a"? (known: a, b, c)
    between: all => pairs: [{from: a, to: a}]
      24:147: light.requests[2].generate.pairs[0].to: found "a" as both ends, expected two different nodes
    between: all => pairs: [{from: a, to: b, weight: 0}]
      24:158: light.requests[2].generate.pairs[0].weight: found 0, expected more than zero
    between: all => pairs: [{from: a, to: b, weight: 1e308}, {from: a, to: c, weight: 1e308}]
      24:158: light.requests[2].generate.pairs[0].weight: found 1e308, expected a number up to 1e18
      24:191: light.requests[2].generate.pairs[1].weight: found 1e308, expected a number up to 1e18
    between: all => weights: {a: 1}
      24:134: light.requests[2].generate.weights: found a mapping, expected a mapping of two nodes or more to their weights
    between: all => weights: {a: 1, x: 1}
      24:141: light.requests[2].generate.weights.x: unknown node "x"; did you mean "a"? (known: a, b, c)
    between: all => weights: {a: 1e300, b: 1e300}
      24:138: light.requests[2].generate.weights.a: found 1e300, expected a number up to 1e18
      24:148: light.requests[2].generate.weights.b: found 1e300, expected a number up to 1e18
    between: all => weights: {a: -1, b: 1}
      24:138: light.requests[2].generate.weights.a: found -1, expected more than zero
    between: all => between: all, pairs: [{from: a, to: b}]
      24:17: light.requests[2].generate: found between and pairs of between, pairs, weights, expected exactly one
    , between: all =>
      24:17: light.requests[2].generate: found none of between, pairs, weights, expected exactly one
    between: all => between: all, count: 0
      24:146: light.requests[2].generate.count: found 0, expected more than zero
    between: all => between: all, warm_up: -5
      24:17: light.requests[2].generate.warm_up: found -5, expected 0 or more, and fewer than count: the rest is counted
    between: all => between: all, start: 5 s, stop: 1 s
      24:157: light.requests[2].generate.stop: found a stop that is not after start, expected a later one
    between: all => between: all, count: 5, warm_up: 10
      24:17: light.requests[2].generate.warm_up: found 10, expected 0 or more, and fewer than count: the rest is counted
    duration: 10 s\n => \n
      24:17: light.requests[2].generate: never ends; expected stop or count here, or a duration of the scenario
    name: g, => name: "g;1",
      24:24: light.requests[2].generate.name: found the name "g;1" with ; , " or a control character in it, expected a name without
    """#)

  @Test(arguments: requests)
  func everyFlawIsSaidWhereItStands(flaw: LightFlaw) throws {
    #expect(flaw.scenario != LightFlaw.sound)
    let found = try problems(flaw.scenario, files: LightFlaw.files)
    #expect(found == flaw.problems)
  }

  private func complaints(ofTrace rows: String...) throws -> [String] {
    let header = "request,start_s,source,target,rate_bps,hold_s,protection"
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    return try problems(LightFlaw.sound, files: ["r.csv": text]).map {
      $0.replacing("s.yaml:23:14: light.requests[1].trace: ", with: "")
    }
  }

  static let rows = [
    ("q,-1,a,b,1e9,1,", "found start_s \"-1\", expected seconds from 0 on"),
    ("q,soon,a,b,1e9,1,", "found start_s \"soon\", expected seconds from 0 on"),
    ("q,1e30,a,b,1e9,1,", "found start_s \"1e30\", expected seconds from 0 on"),
    ("q,1,zz,b,1e9,1,", "unknown node \"zz\""), ("q,1,a,zz,1e9,1,", "unknown node \"zz\""),
    ("q,1,a,a,1e9,1,", "found target \"a\", expected another node"),
    ("q,1,a,b,0,1,", "found rate_bps \"0\", expected bits per second above zero, up to 1e18"),
    ("q,1,a,b,nan,1,", "found rate_bps \"nan\", expected bits per second above zero, up to 1e18"),
    (
      "q,1,a,b,1e400,1,",
      "found rate_bps \"1e400\", expected bits per second above zero, up to 1e18"
    ),
    ("q,1,a,b,1e9,0,", "found hold_s \"0\", expected seconds above zero"),
    ("q,1,a,b,1e9,inf,", "found hold_s \"inf\", expected seconds above zero"),
    (
      "q,1,a,b,1e9,1,two",
      "found protection \"two\", expected none, 1+1, ring or restoration"
    ),
    ("q,1,a,b", "found 4 fields, expected 7"), ("q,1,a,b,1e9,1,,", "found 8 fields, expected 7"),
    (",1,a,b,1e9,1,", "found no name, expected one"),
    (
      "\"q\",1,a,b,1e9,1,",
      "found the name \"\"q\"\" with ; , \" or a control character in it, "
        + "expected a name without"
    ),
    ("first,1,a,b,1e9,1,", "a second request \"first\", first in line 2"),
  ]

  @Test(arguments: rows)
  func aRowOfATraceIsRefusedWithItsLine(row: String, problem: String) throws {
    #expect(
      try complaints(ofTrace: "first,0,a,b,1e9,1,", "", row) == ["\"r.csv\" line 4: \(problem)"])
  }

  @Test func rowsOfATraceMayStandInAnyOrderAndHoldForEver() throws {
    #expect(try complaints(ofTrace: "late,2,a,b,1e9,,1+1", "early,1,c,a,1e9,1,none") == [])
  }

  static let headers = [
    ("", "\"r.csv\" line 1: the column request is missing"),
    ("request,start_s,source,target,rate_bps\n", "\"r.csv\" line 1: the column hold_s is missing"),
  ]

  @Test(arguments: headers)
  func aTraceNeedsItsColumns(text: String, problem: String) throws {
    #expect(
      try problems(LightFlaw.sound, files: ["r.csv": text])
        == ["s.yaml:23:14: light.requests[1].trace: \(problem)"])
  }

  @Test func ringsThatAreNotThereProtectNothing() throws {
    let text = """
      scenario: s
      duration: 1 s
      network: {fibres: [{name: f, between: [a, b], length: 100 km}]}
      light:
        requests:
          - list: [{request: q1, from: a, to: b, rate: 1 Gbps, protection: ring}]
          - {protection: ring, trace: r.csv}
          - trace: ring.csv
      """
    let header = "request,start_s,source,target,rate_bps,hold_s,protection\n"
    let problem =
      "found protection: ring in a network without rings, expected one under network.rings"
    #expect(
      try problems(text, files: ["r.csv": header, "ring.csv": header + "q2,0,a,b,1,1,ring\n"]) == [
        "s.yaml:6:14: light.requests[0].list[0].protection: \(problem)",
        "s.yaml:7:7: light.requests[1].protection: \(problem)",
        "s.yaml:8:14: light.requests[2].trace: \"ring.csv\" line 2: found protection \"ring\", "
          + "expected a network with rings for it",
      ])
  }

  @Test func namesOfRequestsAndTheirGeneratorsAreTheirOwn() throws {
    let generate =
      "{name: g, arrivals: {erlang: 1}, holding: {fixed: 1 s}, rates: {fixed: 1 Gbps}, between: all}"
    let text = """
      scenario: s
      duration: 1 s
      network: {fibres: [{name: f, between: [a, b], length: 100 km}]}
      light:
        requests:
          - list: [{request: q, from: a, to: b, rate: 1 Gbps}]
          - list: [{request: q, from: a, to: b, rate: 1 Gbps}]
          - generate: \(generate)
          - generate: \(generate)
      """
    #expect(
      try problems(text) == [
        "s.yaml:7:24: light.requests[1].list[0].request: a second request \"q\", first in line 6",
        "s.yaml:9:24: light.requests[3].generate.name: a second generator of requests \"g\", "
          + "first in line 8",
      ])
  }

  @Test func aTableOfPathsIsRefusedWithItsLines() throws {
    let text = LightFlaw.sound.replacing("{count: 3, by: km}", with: "{table: p.csv}")
    func found(_ table: String) throws -> [String] {
      try problems(text, files: LightFlaw.files.merging(["p.csv": table]) { $1 }).map {
        $0.replacing("s.yaml:16:18: light.paths.table: ", with: "")
      }
    }
    #expect(try found("route\na;b\n") == ["\"p.csv\" line 1: the column path is missing"])
    #expect(try found("path\n") == ["found no path in \"p.csv\", expected at least one"])
    #expect(
      try found("path\na;b\na;x\n\nab;ab\na\na;b;a\na;b,2\n") == [
        "\"p.csv\" line 3: there is no node and no fibre \"x\"",
        "\"p.csv\" line 5: the path comes to \"b\" twice",
        "\"p.csv\" line 6: there is no node and no fibre \"a\"",
        "\"p.csv\" line 7: the path comes to \"a\" twice",
        "\"p.csv\" line 8: found 2 fields, expected 1",
      ])
  }
}
