// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Floors of classes whose transport reacts to loss.
@Suite struct TransportFloorTests {
  private func run(_ scenario: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "s.yaml")
    let valid = try workspace.cpnsim("validate", "s.yaml")
    #expect(valid.code == 0, "\(valid.errors)")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)\n\(scenario)")
    return workspace
  }

  private func number(_ row: [String: String]?, _ column: String) -> Double {
    Double(row?[column] ?? "") ?? .nan
  }

  private func rate(_ workspace: Workspace, _ flow: String) throws -> Double {
    number(try workspace.rows(of: "out/flows.csv").first { $0["flow"] == flow }, "mean_bps")
  }

  /// 1e-5 at 10 ms leave CUBIC 315 Mbit/s; its floor is a reservation.
  @Test(arguments: ["tcp-reno", "tcp-cubic", "bbr", "rocev2-go-back-n"])
  func lossDoesNotSlowAFlowBelowItsFloor(transport: String) throws {
    let workspace = try run(
      """
      scenario: floor
      duration: 10 s
      sample_every: 10 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps, delay: 5 ms, port: {loss: 1e-3}}]}
      classes: [{name: t, transport: \(transport), floor: 500 Mbps}]
      traffic: [{class: t, flows: [{flow: x, from: a, to: b, size: 2 GB}]}]
      """)
    let sent = number(try workspace.rows(of: "out/links.csv").first, "rate_bps") * 10 / 9.995
    #expect(sent >= 500e6 * (1 - 1e-9))
    if transport.hasPrefix("tcp") { #expect(sent <= 500e6 * (1 + 1e-9)) }
  }

  @Test func aWindowHoldsWhateverIsReserved() throws {
    // 1 MB in 10 ms: 800 Mbit/s.
    let workspace = try run(
      """
      scenario: window
      network: {links: [{name: l, capacity: 10 Gbps, delay: 5 ms, port: {loss: 1e-6}}]}
      classes: [{name: t, transport: tcp-cubic, floor: 2 Gbps, window: 1 MB}]
      traffic: [{class: t, flows: [{flow: x, path: [l], size: 1 GB}]}]
      """)
    #expect(abs(try rate(workspace, "x") / 800e6 - 1) < 2e-3)
  }

  /// On a full link the reserved flow has its floor and a part of the rest, as those beside it.
  @Test func whatIsAboveFloorsIsShared() throws {
    let workspace = try run(
      """
      scenario: shared
      duration: 20 s
      network: {links: [{name: l, capacity: 1 Gbps, delay: 5 ms}]}
      classes: [{name: g, transport: tcp-reno, floor: 600 Mbps}, {name: t, transport: tcp-reno}]
      traffic:
        - {class: g, flows: [{flow: x, path: [l], size: 600 MB}]}
        - {class: t, flows: [{flow: y, path: [l], size: 10 GB}, {flow: z, path: [l], size: 10 GB}]}
      """)
    // The law would give it a third; reserved it has 600, and the others 200 each.
    #expect(abs(try rate(workspace, "x") / 600e6 - 1) < 0.02)
    for row in try workspace.rows(of: "out/links.csv").prefix(30) {
      #expect(abs(number(row, "rate_bps") / 1e9 - 1) < 0.03)
    }
  }

  @Test func floorsThatDoNotFitAreCutAlikeAndFailuresComeAndGo() throws {
    let workspace = try run(
      """
      scenario: cut
      network: {links: [{name: l, capacity: 900 Mbps, delay: 5 ms}]}
      classes: [{name: g, transport: tcp-cubic, floor: 500 Mbps}, {name: t, transport: tcp-reno}]
      traffic:
        - {class: g, flows: [{flow: x, path: [l], size: 300 MB}, {flow: y, path: [l], size: 300 MB}, {flow: z, path: [l], size: 300 MB}]}
        - {class: t, flows: [{flow: w, path: [l], size: 1 MB}]}
      events: [{at: 2 s, fail: l}, {at: 4 s, repair: l}]
      """)
    // 2.4 Gbit each at 300 Mbit/s and two seconds of failure: 10 s, the other one behind them.
    for flow in ["x", "y", "z"] { #expect(abs(try rate(workspace, flow) / 240e6 - 1) < 0.01) }
    #expect(try rate(workspace, "w") > 0)
  }

  @Test func aDemandBesideFlowsHasAFloorOfAtMostItsRate() throws {
    let workspace = try run(
      """
      scenario: beside
      duration: 1 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      classes: [{name: g, floor: 600 Mbps}]
      traffic:
        - {class: g, demand: {name: d, rate: 400 Mbps, from: a, to: b, takes: beside}}
        - {flows: [{flow: x, path: [l], size: 1 GB}, {flow: y, path: [l], size: 1 GB}]}
      """)
    let row = try workspace.rows(of: "out/demands.csv").first
    #expect(abs(number(row, "delivered_bytes") / 50e6 - 1) < 1e-6)
  }

  // MARK: - A swarm

  /// Random classes with all their keys: what validates runs, floors that fit are held, and bytes are conserved.
  @Test(arguments: 0..<40) func whatIsValidRuns(seed: UInt64) throws {
    var random = TestRandom(state: seed)
    let world = ClassWorld(&random)
    let workspace = try Workspace()
    try workspace.write(world.text, to: "s.yaml")
    let valid = try workspace.cpnsim("validate", "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(
      valid.code == outcome.code && [0, 2].contains(outcome.code),
      "\(outcome.errors)\n\(world.text)")
    guard outcome.code == 0 else { return }
    let summary = Dictionary(
      try workspace.rows(of: "out/summary.csv").map { ($0["metric"] ?? "", number($0, "value")) },
      uniquingKeysWith: { first, _ in first })
    let started = summary["bytes_started"] ?? .nan
    let ended = ["bytes_delivered", "bytes_left", "bytes_broken"].reduce(0) {
      $0 + (summary[$1] ?? .nan)
    }
    #expect(abs(started - ended) <= 1e-9 * started + 1, "\(world.text)")
    for row in try workspace.rows(of: "out/links.csv") where row["utilisation"] != "" {
      #expect(number(row, "utilisation") <= 1 + 1e-6)
    }
  }

  /// Where all floors fit and nothing is lost but by full links, each flow is as fast as its floor.
  @Test(arguments: 0..<12) func floorsThatFitAreHeld(seed: UInt64) throws {
    var random = TestRandom(state: 1000 + seed)
    let transports = ["tcp-reno", "tcp-cubic", "bbr", "rocev2-go-back-n", "ideal"]
    var classes: [String] = []
    var traffic: [String] = []
    var floors: [Double] = []
    for index in 0..<6 {
      // Of 1 Gbit/s, 900 Mbit/s at the most, over one link or both.
      let floor = Double.random(in: 1...150, using: &random).rounded()
      floors.append(floor * 1e6)
      let path = ["[l]", "[m]", "[l, m]"].randomElement(using: &random) ?? "[l]"
      let transport = transports.randomElement(using: &random) ?? "ideal"
      classes.append("{name: c\(index), transport: \(transport), floor: \(floor) Mbps}")
      traffic.append(
        "  - {class: c\(index), flows: [{flow: f\(index), path: \(path), size: 100 MB}]}")
    }
    let workspace = try run(
      """
      scenario: held
      network: {links: [{name: l, capacity: 1 Gbps, delay: 1 ms}, {name: m, capacity: 1 Gbps, delay: 1 ms}]}
      classes: [{name: t, transport: tcp-cubic}, \(classes.joined(separator: ", "))]
      traffic:
      \(traffic.joined(separator: "\n"))
        - {class: t, flows: [{flow: a, path: [l], size: 1 GB}, {flow: b, path: [m], size: 1 GB}, {flow: c, path: [l, m], size: 1 GB}]}
      """)
    for (index, floor) in floors.enumerated() {
      #expect(try rate(workspace, "f\(index)") > 0.98 * floor, "f\(index)")
    }
  }
}

/// A small scenario with classes of random keys, extreme ones among them.
private struct ClassWorld {
  let text: String

  init(_ random: inout TestRandom) {
    func pick(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    let links = (0..<3).map { index in
      "    - {name: l\(index), from: n\(index), to: n\(index + 1), "
        + "capacity: \(pick(["1 kbps", "1 Mbps", "1 Gbps", "100 Gbps"])), "
        + "delay: \(pick(["0 s", "1 us", "5 ms", "1 s"])), port: {buffer: \(pick(["10 kB", "1 MB", "1 GB"])), "
        + "loss: \(pick(["0", "0", "0", "1e-9", "1e-3", "0.3", "1"])), signal: \(pick(["drop", "mark"])), "
        + "queueing: \(pick(["fifo", "fifo", "priority"]))}}"
    }
    let transports = [
      "ideal", "tcp-reno", "tcp-cubic", "bbr", "rocev2-go-back-n", "rocev2-selective-repeat",
      "lossless-pfc", "lossless-credit",
    ]
    let classes = (0..<4).map { index -> String in
      let transport = pick(transports)
      var keys = ["name: c\(index)", "transport: \(transport)"]
      keys.append("weight: \(pick(["1", "1e-9", "1e9", "3"]))")
      keys.append("priority: \(pick(["0", "0", "1", "-7"]))")
      keys.append("on_failure: \(pick(["wait", "move", "break"]))")
      if Bool.random(using: &random) {
        keys.append("floor: \(pick(["1 bps", "1 Mbps", "700 Mbps", "1 Tbps"]))")
      }
      if Bool.random(using: &random) {
        keys.append("ceiling: \(pick(["1 bps", "1 Mbps", "2 Gbps", "1 Tbps"]))")
      }
      if transport != "ideal", Bool.random(using: &random) {
        keys.append("window: \(pick(["1 B", "9 kB", "1 MB", "1 TB"]))")
      }
      if transport != "ideal", Bool.random(using: &random) {
        keys.append("packet: \(pick(["1 B", "1448 B", "1 MB"]))")
      }
      if transport.hasPrefix("tcp") || transport.hasPrefix("roce"), Bool.random(using: &random) {
        keys.append("timeout: \(pick(["1 us", "1 ms", "60 s"]))")
      }
      return "  - {" + keys.joined(separator: ", ") + "}"
    }
    let traffic = (0..<4).map { index in
      let path = pick(["[l0]", "[l1]", "[l0, l1]", "[l0, l1, l2]"])
      return
        "  - {class: c\(index), flows: [{flow: f\(index), path: \(path), size: \(pick(["1 B", "1 MB", "1 TB"]))}, "
        + "{flow: g\(index), path: \(path), size: 1 MB, start: 200 ms}]}"
    }
    text = """
      scenario: swarm
      duration: 2 s
      network:
        links:
      \(links.joined(separator: "\n"))
      classes:
      \(classes.joined(separator: "\n"))
      traffic:
      \(traffic.joined(separator: "\n"))
        - {class: c0, demand: {name: d, rate: \(pick(["1 kbps", "1 Gbps"])), from: n0, to: n1, takes: \(pick(["ahead", "beside"]))}}
      events: [{at: 500 ms, fail: l1}, {at: 1 s, repair: l1}, {at: 1.2 s, link: l0, capacity: 10 Mbps}]
      """
  }
}
