// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Loss and delay from the scenario file to the tables of a run.
@Suite struct LossTests {
  private func run(_ scenario: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func rates(_ workspace: Workspace) throws -> [String: Double] {
    let rows = try workspace.rows(of: "out/flows.csv")
    return Dictionary(
      rows.map { ($0["flow"] ?? "", Double($0["mean_bps"] ?? "") ?? .nan) },
      uniquingKeysWith: { first, _ in first })
  }

  private func number(_ row: [String: String]?, _ column: String) -> Double {
    Double(row?[column] ?? "") ?? .nan
  }

  private func isNear(_ found: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
    guard let found else { return false }
    return abs(found / expected - 1) <= tolerance
  }

  // MARK: - TCP

  /// One flow over h links with a flow on each, as in ns-3 3.37.
  ///
  /// 20 Mbit/s, 20 ms there and back a link, buffers of 33 packets, NewReno. There the long one had 0.092 of a link over three and
  /// 0.189 over two; max-min says 0.5.
  @Test(arguments: [(2, 0.188551), (3, 0.092398)])
  func aLongFlowGetsFarLessThanItsMaxMinShare(hops: Int, ns3: Double) throws {
    let names = (1...hops).map { "l\($0)" }
    let links = names.map { "    - {name: \($0), capacity: 20 Mbps, delay: 10 ms}" }
    let cross = names.map { "      - {flow: x\($0), path: [\($0)], size: 1 GB}" }
    let workspace = try run(
      """
      scenario: parking-lot
      network:
        port: {buffer: 49.5 kB}
        links:
      \(links.joined(separator: "\n"))
      classes: [{name: tcp, transport: tcp-reno}]
      traffic:
        - class: tcp
          flows:
            - {flow: long, path: [\(names.joined(separator: ", "))], size: 10 MB}
      \(cross.joined(separator: "\n"))
      outputs: [flows]
      """)
    let share = try #require(try rates(workspace)["long"]) / 20e6
    #expect(share > ns3 / 2 && share < 2 * ns3)
  }

  @Test func tcpOnALossyLinkHasTheRateOfPadhyesFormula() throws {
    // 1/1000 lost, 20 ms there and back, segments of 1448 B, two an acknowledgement, time-out 1 s:
    // (p, R, b, T0) = (1e-3, 0.02, 2, 1) give 14.87 Mbit/s, worked out apart from this program.
    let workspace = try run(
      """
      scenario: lossy
      network: {links: [{name: l, capacity: 10 Gbps, delay: 10 ms, port: {loss: 0.001}}]}
      classes: [{name: tcp, transport: tcp-reno, sack: false, timeout: 1 s}]
      traffic: [{class: tcp, flows: [{flow: f, path: [l], size: 100 MB}]}]
      outputs: [summary, flows, bottlenecks]
      """)
    #expect(isNear(try rates(workspace)["f"], LossTests.padhye(0.001, 0.02, 1448 * 8), 0.01))
    let held = try workspace.rows(of: "out/bottlenecks.csv")
    #expect(held.map { $0["limit"] } == ["loss"] && held.map { $0["link"] } == ["l"])
    #expect(held.map { $0["cause"] } == ["given"])
    let explained = try workspace.cpnsim("explain", "out", "flow", "f")
    #expect(explained.code == 0 && explained.output.contains("loss"))
  }

  /// Equation 32 of the paper for a window without bound, as plainly as can be.
  private static func padhye(_ p: Double, _ roundTrip: Double, _ bits: Double) -> Double {
    let free: Double = 4 * (1 - p) / (3 * p) + 4.0 / 9
    let window: Double = 2.0 / 3 + free.squareRoot()
    let kept = 1 - p
    let cube: Double = kept * kept * kept
    var rest = 1.0
    for _ in 0..<Int(window - 3) { rest *= 1 - p }
    var all = 1.0
    for _ in 0..<Int(window) { all *= 1 - p }
    let inWindow: Double = (1 - cube) * (1 + cube * (1 - rest)) / (1 - all)
    let timeouts: Double = min(1, inWindow)
    let row: Double = 1 + p + 2 * p * p
    let segments: Double = kept / p + window / 2 + timeouts
    let seconds: Double = roundTrip * (window + 1) + timeouts * row / kept
    return bits * segments / seconds
  }

  @Test func aWindowHoldsAFlow() throws {
    // 1 MB in 10 ms: 800 Mbit/s.
    let workspace = try run(
      """
      scenario: window
      network: {links: [{name: l, capacity: 10 Gbps, delay: 5 ms}]}
      classes: [{name: tcp, transport: tcp-cubic, window: 1 MB}]
      traffic: [{class: tcp, flows: [{flow: f, path: [l], size: 1 GB}]}]
      outputs: [flows, bottlenecks]
      """)
    let held = try workspace.rows(of: "out/bottlenecks.csv")
    #expect(held.map { $0["limit"] } == ["window"])
    #expect(isNear(try rates(workspace)["f"], 8e8, 2e-3))
  }

  // MARK: - RDMA

  /// Rows of a packet-level model on ns-3 devices: 100 Gbit/s over 1, 10 and 100 km, 1/1000 lost,
  /// packets of 4096 B, windows of one and three bandwidth-delay products.
  @Test(arguments: [
    ("rocev2-go-back-n", 6, 0.9628252), ("rocev2-go-back-n", 51, 0.7450121),
    ("rocev2-go-back-n", 501, 0.2374201),
    ("rocev2-selective-repeat, window: 12.53 MB", 501, 0.5626376),
    ("rocev2-selective-repeat, window: 37.57 MB", 501, 0.9809269),
    ("rocev2-selective-repeat, window: 3.834 MB", 51, 0.9990008),
  ])
  func rdmaOverALossyLine(transport: String, delay_us: Int, golden: Double) throws {
    let workspace = try run(
      """
      scenario: rdma
      network: {links: [{name: l, capacity: 100 Gbps, delay: \(delay_us) us, port: {loss: 0.001}}]}
      classes: [{name: rdma, transport: \(transport)}]
      traffic: [{class: rdma, flows: [{flow: f, path: [l], size: 100 GB}]}]
      outputs: [summary, flows]
      """)
    #expect(isNear(try rates(workspace)["f"], 1e11 * golden, 0.05))
  }

  // MARK: - Lossless

  @Test func creditsAreABufferARoundTripForAllFlowsTogether() throws {
    // 200 MB in 9.8 ms: 163.3 Gbit/s for both flows together; 600 MB would be more than the link.
    let workspace = try run(
      """
      scenario: credits
      network:
        links:
          - {name: short, capacity: 400 Gbps, delay: 4.9 ms, port: {buffer: 200 MB}}
          - {name: long, capacity: 400 Gbps, delay: 4.9 ms, port: {buffer: 600 MB}}
      classes: [{name: safe, transport: lossless-credit}]
      traffic:
        - class: safe
          flows:
            - {flow: a, path: [short], size: 100 GB}
            - {flow: b, path: [short], size: 100 GB}
            - {flow: c, path: [long], size: 100 GB}
      outputs: [summary, flows, bottlenecks]
      """)
    let rates = try rates(workspace)
    let each: Double = 200e6 * 8 / 9.8e-3 / 2
    #expect(isNear(rates["a"], each, 2e-3))
    #expect(isNear(rates["c"], 4e11, 5e-3))
    let held = try workspace.rows(of: "out/bottlenecks.csv")
    #expect(held.map { $0["limit"] } == ["buffer", "link"])
    #expect(held.map { $0["link"] } == ["short", "long"])
    let summary = try workspace.rows(of: "out/summary.csv")
    #expect(summary.first { $0["metric"] == "bytes_sent_again" }?["value"] == "0")
  }

  @Test(arguments: [
    ("loss: 1e-6", "link \"l\" loses 1e-06 of its packets"),
    ("buffer: 100 MB", "link \"l\" keeps 100000000 B for what comes behind a pause and needs 490"),
    ("buffer: 600 MB, headroom: 400 MB", "link \"l\" keeps 400000000 B"),
  ])
  func aPromiseThatCanNotBeKeptIsRefusedByName(port: String, error: String) throws {
    let workspace = try Workspace()
    let head = """
      scenario: promise
      network: {links: [{name: l, capacity: 400 Gbps, delay: 4.9 ms, port: {\(port)}}]}
      classes: [{name: safe, transport: lossless-pfc}]

      """
    try workspace.write(
      head + "traffic: [{class: safe, flows: [{flow: f, path: [l], size: 1 GB}]}]\n", to: "s.yaml")
    try workspace.write(head + "traffic: [{class: safe, trace: t.csv}]\n", to: "t.yaml")
    try workspace.write("flow,start_s,source,target,bytes,path\n1,0,,,1000,l\n", to: "t.csv")
    for file in ["s.yaml", "t.yaml"] {
      let outcome = try workspace.cpnsim("run", file)
      #expect(outcome.code == 2 && outcome.errors.contains(error), "\(outcome.errors)")
      #expect(outcome.errors.contains("\"safe\" is lossless"))
      #expect(outcome.errors.contains(file == "s.yaml" ? "s.yaml:3:" : "t.csv:2"))
    }
  }

  // MARK: - Demands

  @Test func demandsAreConservedWhateverBecomesOfThem() throws {
    // ahead: 8 of 10 Gbit/s on l1, then 5 of 8 fit on l2; nothing for 1 s while l2 is down. beside:
    // on the 2 that are left it meets a flow from 1 ms on, and has 1 of its 3 then, 2 before.
    let workspace = try run(
      """
      scenario: demands
      duration: 10 s
      network:
        links:
          - {name: l1, from: a, to: b, capacity: 10 Gbps, delay: 1 ms}
          - {name: l2, from: b, to: c, capacity: 5 Gbps, delay: 1 ms}
      traffic:
        - demand: {name: ahead, rate: 8 Gbps, from: a, to: c}
        - demand: {name: beside, rate: 3 Gbps, from: a, to: b, takes: beside}
        - flows: [{flow: f, path: [l1], size: 10 TB}]
      events: [{at: 5 s, fail: l2}, {at: 6 s, repair: l2}]
      """)
    let rows = try workspace.rows(of: "out/demands.csv")
    #expect(number(rows[0], "offered_bytes") == 10e9)
    // More comes to l1 than it carries: its queue, 1333 packets at a load of 1, loses one in 2 K.
    #expect(isNear(number(rows[0], "delivered_bytes"), 9 * 5e9 / 8, 1e-6))
    #expect(isNear(number(rows[0], "lost_queue_bytes"), 10e9 / 2666, 0.01))
    #expect(isNear(number(rows[0], "lost_overload_bytes"), 9 * (3e9 - 8e9 / 2666) / 8, 1e-5))
    #expect(isNear(number(rows[0], "lost_failure_bytes"), 1e9 * (1 - 1.0 / 2666), 1e-5))
    #expect(isNear(number(rows[1], "delivered_bytes"), 10.001e9 / 8, 2e-3))
    for row in rows {
      let sum = number(row, "delivered_bytes") + number(row, "lost_bytes")
      #expect(isNear(sum, number(row, "offered_bytes"), 1e-12))
    }
    let links = try workspace.rows(of: "out/links.csv").filter { $0["link"] == "l1" }
    #expect(links.allSatisfy { isNear(number($0, "rate_bps"), 10e9, 1e-9) })
    let down = try workspace.rows(of: "out/links.csv").filter { $0["loss_cause"] == "failure" }
    #expect(down.allSatisfy { $0["link"] == "l2" && $0["loss"] == "1" } && down.count == 10)
  }

  @Test func aDailyCurveIsWhatIsSent() throws {
    // Factors 0.5 and 1.5 by half days, a day and a half: (0.5 + 1.5 + 0.5) x 12 h x 1 Mbit/s.
    let workspace = try run(
      """
      scenario: day
      duration: 36 h
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic: [{demand: {name: d, rate: 1 Mbps, from: a, to: b, daily: [0.5, 1.5]}}]
      outputs: [demands]
      """)
    let offered = number(try workspace.rows(of: "out/demands.csv").first, "offered_bytes")
    #expect(isNear(offered, 2.5 * 43_200 * 1e6 / 8, 1e-12))
  }

  @Test func aQueueOfDemandsLosesAndDelaysAsMD1K() throws {
    // Load 0.95, 10 packets of 1500 B at 10 Mbit/s, 1.2 ms each: M/D/1/10 by its embedded chain
    // loses 0.0305956 and takes 4.6104 services of 1.2 ms, as ns-3 finds within 1 %.
    let workspace = try run(
      """
      scenario: queue
      duration: 1000 s
      network: {links: [{name: l, from: a, to: b, capacity: 10 Mbps, port: {buffer: 15 kB}}]}
      traffic: [{demand: {name: d, rate: 9.5 Mbps, from: a, to: b}}]
      outputs: [demands]
      """)
    let row = try workspace.rows(of: "out/demands.csv").first
    let loss = number(row, "lost_queue_bytes") / number(row, "offered_bytes")
    #expect(isNear(loss, 0.0305956, 1e-5))
    #expect(isNear(number(row, "delay_mean_s"), 4.6104 * 1.2e-3, 1e-4))
  }

  @Test func bytesSentAreBytesDeliveredAndBytesSentAgain() throws {
    let workspace = try run(
      """
      scenario: again
      duration: 20 s
      network: {links: [{name: l, capacity: 10 Gbps, delay: 1 ms, port: {loss: 0.001}}]}
      classes: [{name: g, transport: rocev2-go-back-n}, {name: t, transport: tcp-reno}, {name: b, transport: bbr}]
      traffic:
        - {class: g, generate: {arrivals: {poisson: {load: 1 Gbps}}, sizes: {exponential: 10 MB}, path: [l], stop: 10 s}}
        - {class: t, generate: {arrivals: {poisson: {load: 20 Mbps}}, sizes: {exponential: 1 MB}, path: [l], stop: 10 s}}
        - {class: b, generate: {arrivals: {poisson: {load: 1 Gbps}}, sizes: {exponential: 10 MB}, path: [l], stop: 10 s}}
      sample_every: 20 s
      """)
    let summary = Dictionary(
      try workspace.rows(of: "out/summary.csv").map { ($0["metric"] ?? "", $0) },
      uniquingKeysWith: { first, _ in first })
    let carried = number(try workspace.rows(of: "out/links.csv").first, "rate_bps") * 20 / 8
    let again = number(summary["bytes_sent_again"], "value")
    #expect(again > 1e6)
    #expect(isNear(carried, number(summary["bytes_delivered"], "value") + again, 1e-9))
  }
}
