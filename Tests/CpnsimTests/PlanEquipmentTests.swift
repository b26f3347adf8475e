// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Regenerators and accelerators of plans, from their files to a run of what is built.
@Suite struct PlanEquipmentTests {
  /// Five places in a row, 400 km apart, where light reaches 900 km.
  private static func chain(_ light: String, _ more: String = "") -> String {
    let places = ["a", "b", "c", "d", "e"]
    let fibres = zip(places, places.dropFirst()).map {
      "{name: \($0)\($1), between: [\($0), \($1)], length: 400 km}"
    }
    return """
      scenario: chain
      duration: 10 h
      network: {fibres: [\(fibres.joined(separator: ", "))]}
      light:
        grid: {first: 193 THz, spacing: 50 GHz, channels: 8}
        reach: [{up_to: 900 km, rate: 400 Gbps}]
        \(light)
      \(more)
      """
  }

  /// r1 and r2 overlap and r3 comes later, so that two are enough.
  private static let requests = chain(
    """
    requests:
          - list:
              - {request: r1, start: 0 s, from: a, to: e, rate: 400 Gbps, hold: 5 h}
              - {request: r2, start: 1 h, from: a, to: d, rate: 400 Gbps, hold: 5 h}
              - {request: r3, start: 8 h, from: a, to: e, rate: 400 Gbps, hold: 1 h}
              - {request: r4, start: 1 h, from: a, to: b, rate: 400 Gbps, hold: 5 h}
    """)

  private func planned(
    _ scenario: String, _ plan: String
  ) throws -> (workspace: Workspace, bill: [[String: String]], code: Int32) {
    let workspace = try Workspace()
    try workspace.write(scenario + "\n", to: "s.yaml")
    try workspace.write("plan: p\nscenario: s.yaml\nsolver: none\n\(plan)\n", to: "p.yaml")
    let outcome = try workspace.cpnsim("plan", "p.yaml", "--quiet", "--out", "build")
    #expect(outcome.code < 2, "\(outcome.errors)")
    let run = try workspace.bash("sh build/build.sh --quiet --out built")
    #expect(run.code == 0, "\(run.errors)")
    return (workspace, try workspace.rows(of: "build/bom.csv"), outcome.code)
  }

  /// From a to e over 1600 km only c halves the way; without it a to d may do with b, and a to e
  /// takes b and d, or c alone.
  @Test(arguments: [
    ("", "0 %", ["c": "2"], 0.0), ("", "75 %", [:], 0.75),
    (", sites: [b, d]", "0 %", ["b": "2", "d": "1"], 0.0),
  ])
  func regeneratorsStandWhereLightDoesNotReach(
    _ sample: (sites: String, level: String, built: [String: String], blocking: Double)
  ) throws {
    let (workspace, bill, code) = try planned(
      Self.requests,
      """
      levels: [{blocking: \(sample.level)}]
      build: {regenerators: {price: 120000\(sample.sites)}}
      """)
    #expect(code == 0)
    #expect(bill.allSatisfy { $0["item"] == "regenerators" && $0["price_yuan"] == "120000" })
    let built = Dictionary(
      uniqueKeysWithValues: bill.map { ($0["place"] ?? "", $0["count"] ?? "") })
    #expect(built == sample.built)
    #expect(bill.allSatisfy { $0["reason"]?.contains("do not reach") == true })
    let summary = try workspace.summary(of: "built")
    #expect(summary["blocking"] == sample.blocking)
    let count = built.values.reduce(0) { $0 + (Double($1) ?? .nan) }
    #expect(summary["regenerators"] ?? 0 == count)
    // What build.sh has is what was bought, so that a request more would be blocked.
    let script = try workspace.text(of: "build/build.sh")
    for (site, count) in built { #expect(script.contains("\"\(site)\": \(count)")) }
    try checkCurve(workspace, bill, level: "blocking <= \(sample.level)", last: sample.blocking)
  }

  /// It ends with all that is built and what that is worth, and each tenth costs no less than the one before.
  private func checkCurve(
    _ workspace: Workspace, _ bill: [[String: String]], level: String, last: Double
  ) throws {
    let curve = try workspace.rows(of: "build/curve.csv")
    guard !bill.isEmpty else {
      #expect(curve.isEmpty)
      return
    }
    let costs = curve.map { Double($0["cost_yuan"] ?? "") ?? .nan }
    let all = bill.reduce(0) { $0 + (Double($1["cost_yuan"] ?? "") ?? .nan) }
    #expect(costs.count == 11 && costs == costs.sorted() && costs.last == all)
    let values = curve.map { Double($0[level] ?? "") ?? .nan }
    #expect(values.first ?? 0 > last && values.last == last, "\(values)")
  }

  /// One regenerator of two lets r1 and r3 in, and r4 needs none: by hand, one of four is blocked.
  @Test func theCurveIsWhatPartsAreWorthInARun() throws {
    let (workspace, _, _) = try planned(
      Self.requests, "levels: [{blocking: 0 %}]\nbuild: {regenerators: {price: 1, sites: [c]}}")
    let curve = try workspace.rows(of: "build/curve.csv")
    #expect(
      curve.map { $0["cost_yuan"] } == ["0"] + Array(repeating: "1", count: 5)
        + Array(repeating: "2", count: 5))
    #expect(
      curve.map { $0["blocking <= 0 %"] } == ["0.75"]
        + Array(repeating: "0.25", count: 5) + Array(repeating: "0", count: 5))
  }

  /// What is there counts: of two that it takes one is bought.
  @Test func whatIsThereIsAddedTo() throws {
    let (_, bill, code) = try planned(
      Self.requests.replacing("reach:", with: "regeneration: {c: 1}\n  reach:"),
      "levels: [{blocking: 0 %}]\nbuild: {regenerators: {price: 1}}")
    #expect(code == 0)
    #expect(bill.map { [$0["place"], $0["count"]] } == [["c", "1"]])
  }

  /// A link of 1200 km gets no light without; 700 Gbps fill three channels of 400 to 80 %.
  @Test func aLinkThatIsTooLongGetsRegenerators() throws {
    let scenario = Self.chain(
      "links: [{name: ad, between: [a, d], channels: 0}]",
      """
      classes: [{name: m, on_failure: move}]
      traffic: [{demand: {name: d, from: a, to: d, rate: 700 Gbps}, class: m}]
      """)
    let (workspace, bill, code) = try planned(
      scenario,
      """
      levels: [{loss: 0 %}]
      build: {channels: {price: 60000}, regenerators: {price: 120000}}
      """)
    #expect(code == 0)
    #expect(bill.map { $0["item"] } == ["channels", "regenerators"])
    #expect(bill.map { $0["count"] } == ["3", "3"])
    #expect(try workspace.summary(of: "built")["demand_loss"] ?? 1 < 1e-9)
    try checkCurve(workspace, bill, level: "loss <= 0 %", last: 0)
  }

  /// Where light does not reach that is said, and not only that levels do not hold.
  @Test func aLinkWithoutLightIsNamed() throws {
    let workspace = try Workspace()
    let scenario = Self.chain(
      "links: [{name: ad, between: [a, d], channels: 0}]",
      "traffic: [{demand: {name: d, from: a, to: d, rate: 700 Gbps}}]")
    try workspace.write(scenario + "\n", to: "s.yaml")
    try workspace.write(
      "plan: p\nscenario: s.yaml\nsolver: none\nlevels: [{loss: 0 %}]\nbuild: {channels: {price: 6}}\n",
      to: "p.yaml")
    let outcome = try workspace.cpnsim("plan", "p.yaml", "--quiet")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("not enough: ad: gets no light"), "\(outcome.output)")
    #expect(outcome.output.contains("nothing is built"))
  }

  /// Two links share the fibre bc, on which ten channels are just enough for what both need: 2500 Gbps
  /// at 80 % take eight of 400, and 600 take two.
  @Test func linksOnOneFibreGetWhatEachNeeds() throws {
    let scenario = """
      scenario: shared
      duration: 1 h
      network:
        fibres: [{name: ab, between: [a, b], length: 80 km}, {name: bc, between: [b, c], length: 80 km}]
      light:
        grid: {first: 193 THz, spacing: 50 GHz, channels: 10}
        reach: [{rate: 400 Gbps}]
        links:
          - {name: long, between: [a, c], channels: 0}
          - {name: short, between: [b, c], channels: 0}
      traffic:
        - {demand: {name: l, from: a, to: c, rate: 2500 Gbps}}
        - {demand: {name: s, from: b, to: c, rate: 600 Gbps}}
      """
    let (workspace, bill, code) = try planned(
      scenario, "levels: [{loss: 0 %}]\nbuild: {channels: {price: 60}}")
    #expect(code == 0)
    #expect(bill.map { [$0["place"], $0["count"]] } == [["long", "8"], ["short", "2"]])
    #expect(try workspace.summary(of: "built")["demand_loss"] ?? 1 < 1e-9)
  }

  @Test(arguments: [
    ("regenerators: {price: 1, sites: [x]}", "", "expected a node"),
    ("regenerators: {price: 1}", "regeneration: true", "where the scenario has `regeneration`"),
    ("regenerators: {price: 1}", "conversion: true", "or `conversion`"),
  ])
  func mistakesAreSaid(_ flaw: (build: String, light: String, said: String)) throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.requests.replacing("requests:", with: "\(flaw.light)\n  requests:")
        + "\n",
      to: "s.yaml")
    try workspace.write(
      "plan: p\nscenario: s.yaml\nlevels: [{blocking: 0 %}]\nbuild: {\(flaw.build)}\n", to: "p.yaml"
    )
    let outcome = try workspace.cpnsim("plan", "p.yaml")
    #expect(outcome.code == 2 && outcome.errors.contains(flaw.said), "\(outcome.errors)")
  }

  /// Jobs that fill the built-in pool E001-03, 1472 machines, for two hours each: one of them is late
  /// unless there are as many again.
  @Test func builtInPoolsGetAccelerators() throws {
    let (workspace, bill, code) = try planned(
      """
      scenario: national
      duration: 12 h
      calendar: {start: 2026-07-01}
      network: {use: national}
      pools: {use: national, more: {E001-03: 28}}
      traffic:
        - jobs:
            name: night
            to: {pool: E001-03}
            list:
              - {job: j1, submit: 0 s, accelerators: 1500, run: 2 h, deadline: 3 h}
              - {job: j2, submit: 0 s, accelerators: 1500, run: 2 h, deadline: 3 h}
      """,
      """
      levels: [{deadlines: 0 %, of: jobs}]
      build: {accelerators: {price: 250000, pools: [E001-03], step: 100}}
      """)
    #expect(code == 0)
    #expect(bill.map { $0["item"] } == ["accelerators"])
    #expect(bill.map { $0["place"] } == ["E001-03"])
    #expect(bill.map { $0["count"] } == ["1500"])
    let summary = try workspace.summary(of: "built")
    #expect(summary["job_deadlines_missed"] == 0 && summary["job_deadlines_met"] == 2)
    let script = try workspace.bash("cat build/build.sh").output
    #expect(script.contains("pools.more={\"E001-03\": 1528}"))
    try checkCurve(workspace, bill, level: "deadlines of jobs missed <= 0 %", last: 0)
  }

  /// Three are the fewest of all builds, four what is found without moving any.
  @Test func acceleratorsAreMovedFromPoolToPool() throws {
    // Submitted at, accelerators and run time in minutes.
    let jobs = [
      (30, 4, 56), (14, 4, 20), (54, 3, 50), (0, 3, 58), (42, 2, 115), (1, 2, 97), (1, 2, 97),
      (29, 4, 96), (14, 3, 66), (26, 1, 64), (27, 2, 92), (37, 1, 56), (53, 1, 86), (15, 4, 39),
      (19, 3, 78),
    ].enumerated().map { number, job in
      "{job: j\(number), submit: \(job.0) min, accelerators: \(job.1), run: \(job.2) min}"
    }
    let (_, bill, code) = try planned(
      """
      scenario: s
      duration: 24 h
      network: {links: [{name: ab, from: a, to: b, capacity: 10 Gbps, two_way: true}]}
      pools:
        list:
          - {name: p, at: a, accelerator: H800, count: 4, queue: sjf}
          - {name: q, at: b, accelerator: H800, count: 4, queue: sjf}
      placement: round-robin
      traffic: [{jobs: {name: j, from: a, list: [\(jobs.joined(separator: ", "))]}}]
      """,
      """
      levels: [{completion: 150 min, at: mean, of: jobs}]
      build: {accelerators: {price: 1, pools: [p, q], step: 1}}
      """)
    #expect(code == 0)
    #expect(bill.compactMap { Int($0["count"] ?? "") }.reduce(0, +) == 3)
  }
}
