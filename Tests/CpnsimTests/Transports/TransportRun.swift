// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Flows over links of their own, in one run of the program.
struct TransportRun {
  /// A link and the flow over it.
  struct Line {
    var capacity = "100 Tbps"
    var roundTrip_ns: Int
    var loss = "0"
    var bytes: Int
  }

  let workspace: Workspace

  /// `transport` is the class as a file has it, from its transport on.
  init(_ transport: String, _ lines: [Line], duration: String? = nil) throws {
    workspace = try Workspace()
    let links = lines.enumerated().map { index, line in
      "    - {name: l\(index), capacity: \(line.capacity), delay: \(line.roundTrip_ns / 2) ns, "
        // Packets of the port so small that its queue has no part in the answer.
        + "port: {loss: \(line.loss), packet: 10 B}}"
    }
    let flows = lines.enumerated().map { index, line in
      "      - {flow: f\(index), path: [l\(index)], size: \(line.bytes) B}"
    }
    let length = duration.map { "duration: \($0)\nsample_every: \($0)" } ?? ""
    try workspace.write(
      """
      scenario: transports
      \(length)
      network:
        links:
      \(links.joined(separator: "\n"))
      classes: [{name: c, transport: \(transport)}]
      traffic:
        - class: c
          flows:
      \(flows.joined(separator: "\n"))
      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  /// From the arrival of each flow to its last byte, less the way there, in seconds.
  func seconds(_ lines: [Line]) throws -> [Double] {
    let rows = try workspace.rows(of: "out/flows.csv")
    let finish = Dictionary(
      rows.map { ($0["flow"] ?? "", Double($0["finish_s"] ?? "") ?? .nan) },
      uniquingKeysWith: { first, _ in first })
    return lines.enumerated().map { index, line in
      (finish["f\(index)"] ?? .nan) - Double(line.roundTrip_ns / 2) * 1e-9
    }
  }

  /// What each link carried while a flow was on it, in bit/s; the run must have a duration.
  func rates(_ lines: [Line], over seconds: Double) throws -> [Double] {
    let rows = try workspace.rows(of: "out/links.csv")
    let rates = Dictionary(
      rows.map { ($0["link"] ?? "", Double($0["rate_bps"] ?? "") ?? .nan) },
      uniquingKeysWith: { first, _ in first })
    return lines.enumerated().map { index, line in
      (rates["l\(index)"] ?? .nan) * seconds / (seconds - Double(line.roundTrip_ns / 2) * 1e-9)
    }
  }
}
