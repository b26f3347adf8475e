// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Ports with a demand each, run as one scenario and read from its tables.
struct QueueBench {
  /// A link of 12 Gbit/s, and what comes to it.
  struct Port {
    /// What is offered over what the link carries.
    var load: Double
    var places: Int
    /// Deviation over mean of sizes and of gaps.
    var sizes = 1.0
    var gaps = 1.0
    var takes = "ahead"
    /// Further keys of the port.
    var more = ""
  }

  /// What the run says of a port: times in mean services.
  struct Answer {
    var loss: Double
    var delay: Double
    var long: Double
    /// The same of its demand, and what the link carried of its capacity.
    var demandLoss: Double
    var demandDelay: Double
    var demandLong: Double
    var carried: Double
  }

  static let capacity = 12e9
  private static let packet = 1500.0

  static func answers(_ ports: [Port]) throws -> [Answer] {
    let workspace = try Workspace()
    try workspace.write(scenario(ports), to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let links = try workspace.rows(of: "out/links.csv")
    let demands = try workspace.rows(of: "out/demands.csv")
    try #require(links.count == ports.count && demands.count == ports.count)
    return zip(links, demands).map { link, demand in
      func time(_ row: [String: String], _ column: String) -> Double {
        number(row, column) * capacity / (8 * packet)
      }
      return Answer(
        loss: number(link, "loss"), delay: time(link, "delay_s"), long: time(link, "delay_p99_s"),
        demandLoss: number(demand, "lost_bytes") / number(demand, "offered_bytes"),
        demandDelay: time(demand, "delay_mean_s"), demandLong: time(demand, "delay_p99_s"),
        carried: number(link, "rate_bps") / capacity)
    }
  }

  private static func scenario(_ ports: [Port]) -> String {
    var links: [String] = []
    var demands: [String] = []
    for (index, port) in ports.enumerated() {
      let buffer = String(format: "%.0f", Double(port.places) * packet)
      let rate = String(format: "%.6f", port.load * capacity)
      links.append(
        "    - {name: l\(index), from: a\(index), to: b\(index), capacity: 12 Gbps, port: {buffer: \(buffer) B, "
          + "packet: 1500 B, packet_variation: \(port.sizes)\(port.more)}}")
      demands.append(
        "  - demand: {name: d\(index), rate: \(rate) bps, from: a\(index), to: b\(index), "
          + "variation: \(port.gaps), takes: \(port.takes)}")
    }
    return """
      scenario: queues
      duration: 10 s
      network:
        links:
      \(links.joined(separator: "\n"))
      traffic:
      \(demands.joined(separator: "\n"))
      sample_every: 10 s
      outputs: [links, demands]

      """
  }

  private static func number(_ row: [String: String], _ column: String) -> Double {
    Double(row[column] ?? "") ?? .nan
  }
}
