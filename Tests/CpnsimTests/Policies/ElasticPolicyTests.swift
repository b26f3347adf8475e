// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Which elastic flows are let in, and what they get, is said by a program of its own.
@Suite struct ElasticPolicyTests {
  static let scenario = """
    scenario: elastic
    seed: 7
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 40 Gbps, delay: 2 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 40 Gbps, delay: 3 ms, two_way: true}
        - {name: ac, from: a, to: c, capacity: 30 Gbps, delay: 9 ms, two_way: true}
    classes: [{name: users, on_failure: move, patience: 1 s}]
    traffic:
      - class: users
        elastic:
          name: u
          arrivals: {poisson: 12 /min}
          sizes: {exponential: 12 GB}
          pairs: [{from: a, to: b}, {from: a, to: c}, {from: b, to: c}]
          tiers:
            - {name: gold, floor: 8 Gbps, ceiling: 30 Gbps, price: 8}
            - {name: silver, floor: 3 Gbps, ceiling: 20 Gbps, share: 2}
            - {name: iron, share: 1}
          access: 25 Gbps
          deadline: {slack: 3}
          admission: {order: [accept, shrink]}
          count: 200
    events: [{at: 5 min, fail: bc, for: 3 min}]
    outputs: [summary, elastic, flows, events]

    """

  private static let files = ["elastic.csv", "flows.csv", "events.csv", "summary.csv"]
  private static let program = "{command: [python3, policy.py]}"
  static let scheduling = ["--set", "traffic[0].elastic.scheduling=\(program)"]
  static let admission = ["--set", "traffic[0].elastic.admission=\(program)"]

  /// What every program here knows: the flows that send, and the room of links.
  static let learning = """
    flows, rooms = {}, {}
    def learn(m):
        for f in m.get("flows", []): flows.setdefault(f["flow"], {}).update(f)
        for name in m.get("gone", []): del flows[name]
        for l in m.get("links", []): rooms[l["link"]] = l["room"]
    def number(f): return int(f["flow"].split("-")[1])

    """

  private static let orders = [
    ("smallest-first", "f[\"left\"]"), ("earliest-deadline", "f[\"deadline\"]"),
  ]

  @Test(arguments: orders) func aBuiltInOrderOutsideIsTheSame(_ order: (String, String)) throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      Self.learning + """
        def decide(m):
            line = sorted(flows.values(), key=lambda f: (\(order.1), f["arrived"], number(f)))
            return {"order": [f["flow"] for f in line]}
        """)
    let outside = try SeamBench.result(
      workspace, Self.files, Self.scheduling + ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(
      workspace, Self.files, ["--set", "traffic[0].elastic.scheduling=\(order.0)"])
    #expect(outside == inside)
    #expect(
      try SeamBench.result(workspace, Self.files, Self.scheduling + ["--replay", "t.jsonl"])
        == outside)
  }

  /// The same, with the rates worked out by the program.
  @Test func ratesOutsideAreTheSame() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      Self.learning + """
        def decide(m):
            room, rates = dict(rooms), []
            ceiling = {t["name"]: min(t["ceiling"], 25e9) for t in hello["elastic"][0]["tiers"]}
            for f in sorted(flows.values(), key=lambda f: (f["left"], f["arrived"], number(f))):
                rate = max(0, min([ceiling[f["tier"]]] + [room[l] for l in f["links"]]))
                for l in f["links"]: room[l] -= rate
                rates.append({"flow": f["flow"], "rate": rate})
            return {"rates": rates}
        """)
    let few = [
      "--set", "traffic[0].elastic.tiers=[{name: one, ceiling: 9 Gbps}, {name: two, share: 3}]",
    ]
    let outside = try SeamBench.result(workspace, Self.files, Self.scheduling + few)
    let inside = try SeamBench.result(
      workspace, Self.files, ["--set", "traffic[0].elastic.scheduling=smallest-first"] + few)
    #expect(outside == inside)
  }

  @Test func aBuiltInAdmissionOutsideIsTheSame() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      """
      floors = {}
      def decide(m):
          floors.update((t["name"], t["floor"]) for t in hello["elastic"][0]["tiers"])
          if m["asked"] in m["fits"]: return {"accept": m["asked"]}
          less = [t for t in m["fits"] if floors[t] < floors[m["asked"]]]
          return {"accept": max(less, key=floors.get)} if less else {"refuse": "full"}
      """)
    let outside = try SeamBench.result(workspace, Self.files, Self.admission)
    let inside = try SeamBench.result(workspace, Self.files)
    // What is refused stands in the table of events as well, with the reason.
    #expect(outside[0...2] == inside[0...2] && outside[4] == inside[4])
    #expect(!inside[1].contains(",refuse,"))
    let none = ["--set", "traffic[0].elastic.tiers=[{name: gold, floor: 12 Gbps}]"]
    let refusing = try SeamBench.result(workspace, Self.files, Self.admission + none)
    #expect(
      try SeamBench.result(workspace, Self.files, none)[0...2] == refusing[0...2])
    #expect(refusing[1].contains(",refuse,") && refusing[3].contains(",flow-refused,u-"))
    #expect(refusing[3].contains(",full\n"))
  }

  /// The example answers both seams: who is due first goes first, and shrinks where it has to.
  @Test func theExampleDecidesAsBuiltInPolicies() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "deadlines.py")
    let outside = try SeamBench.result(
      workspace, Self.files, Self.admission + Self.scheduling + ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(
      workspace, Self.files, ["--set", "traffic[0].elastic.scheduling=earliest-deadline"])
    #expect(outside == inside)
    let lines = try workspace.text(of: "t.jsonl").split(separator: "\n")
    #expect(
      lines.count {
        $0.contains("\"type\":\"hello\",\"v\":1,\"seams\":[\"bandwidth\",\"admission\"]")
      } == 1)
  }

  /// Flows wait in line until the program lets them in, or a call; and begin when it says.
  @Test func flowsWaitAndBegin() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      """
      def decide(m):
          if m["t"] < 600 * 10**9: return {"wait": True, "call_at": 600 * 10**9}
          if not m["fits"]: return {"wait": True}
          return {"accept": m["fits"][-1], "begin": max(m["t"], 900 * 10**9)}
      """)
    _ = try SeamBench.result(workspace, [], ["--set", "traffic[0].elastic.count=20"])
    let outcome = try workspace.cpnsim(
      ["run", "s.yaml", "--quiet", "--out", "out", "--set", "traffic[0].elastic.count=20"]
        + Self.admission)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let rows = try workspace.rows(of: "out/elastic.csv")
    #expect(rows.count == 20)
    #expect(rows.allSatisfy { $0["start_s"] == "900" && $0["tier_given"] == "iron" })
    #expect(Set(rows.compactMap { $0["decision"] }) == ["shrink", "postpone"])
  }

  @Test(arguments: [
    ("{'order': ['x']}", "found the flow \"x\", expected one of those that send"),
    ("{'order': list(flows) * 2}", "twice, expected each once"),
    (
      "{'rates': [{'flow': f, 'rate': 1} for f in flows]}",
      "found the rate 1.0 for the flow \"u-3\", expected one from its floor 3000000000.0 to its"
    ),
    ("{'rates': [{'flow': f, 'rate': 30e9} for f in flows]}", "to its ceiling 25000000000.0"),
    ("{'rates': [{'flow': f} for f in flows]}", "found no \"rate\" for \"u-1\", expected one"),
    (
      "{'orders': []}", "found the key \"orders\", expected type, q, order, rates, call_at; did you"
    ),
  ])
  func impossibleSharesEndTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(
      Self.scenario, Self.learning + "def decide(m): return \(answer)")
    let error = try SeamBench.error(workspace, Self.scheduling)
    #expect(error.contains("error: bandwidth by python3 policy.py: question "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }

  /// Each rate is one that its flow could have, and all of them are too much for a link.
  @Test func ratesThatDoNotFitEndTheRun() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      Self.learning + """
        def decide(m):
            ceiling = {t["name"]: t["ceiling"] for t in hello["elastic"][0]["tiers"]}
            return {"rates": [{"flow": n, "rate": ceiling[f["tier"]]} for n, f in flows.items()]}
        """)
    let error = try SeamBench.error(workspace, Self.scheduling)
    #expect(error.contains("bit/s beyond floors on the link \""), "\(error)")
  }

  @Test(arguments: [
    ("{}", "found nothing that is decided, expected one of accept, wait and refuse"),
    ("{'wait': True, 'refuse': 'x'}", "found several decisions, expected one of"),
    ("{'wait': False}", "found false, expected true"),
    ("{'wait': True, 'begin': 5}", "found begin without accept, expected both"),
    ("{'accept': 'tin'}", "found the tier \"tin\", expected one of the entry of the flow"),
    (
      "{'accept': 'gold'}",
      "found the tier \"gold\" for the flow \"u-1\", expected one of those that fit: iron"
    ),
    ("{'accept': 'iron', 'begin': 0}", "found begin 0, expected a time from "),
    ("{'refuse': ''}", "found a reason of 0 bytes, expected 1 to 200 of them"),
  ])
  func impossibleAdmissionEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(Self.scenario, "def decide(m): return \(answer)")
    let error = try SeamBench.error(workspace, Self.admission)
    #expect(error.contains("error: admission by python3 policy.py: question 1: "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }
}
