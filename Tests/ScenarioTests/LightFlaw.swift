// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

/// A change to a scenario of light that is right, and what is said of it.
///
/// Written as a line `before => after`, in which `\\n` breaks a line, and the problems below it,
/// further in.
struct LightFlaw: CustomTestStringConvertible, Sendable {
  let before: String
  let after: String
  private(set) var problems: [String] = []

  var testDescription: String { "\(before) => \(after)" }

  static func read(_ table: String) -> [LightFlaw] {
    var flaws: [LightFlaw] = []
    for line in table.split(separator: "\n") {
      if line.hasPrefix("  ") {
        flaws[flaws.count - 1].problems.append("s.yaml:" + line.drop { $0 == " " })
        continue
      }
      let sides = (line + " ").replacing("\\n", with: "\n").split(separator: " => ")
      let after = sides.count > 1 ? String(sides[1].dropLast()) : ""
      flaws.append(LightFlaw(before: String(sides[0]), after: after))
    }
    return flaws
  }

  /// The scenario with the flaw in it.
  var scenario: String { Self.sound.replacing(before, with: after, maxReplacements: 1) }

  static let sound = """
    scenario: s
    duration: 10 s
    network:
      nodes: [a, b, c]
      fibres:
        - {name: ab, between: [a, b], length: 100 km}
        - {name: bc, between: [b, c], length: 200 km, line: {span: 100 km}}
        - {name: ca, between: [c, a], length: 300 km}
      rings:
        - {name: r, fibres: [ab, bc, ca]}
    light:
      grid: 75-ghz
      line: {noise_figure: 5 dB}
      margin: 2 dB
      transceivers: [400G DP-16QAM ZR+]
      paths: {count: 3, by: km}
      links:
        - {name: l, between: [a, b], channels: 2, protection: ring, ring: r}
        - {name: m, between: [b, c], route: [bc], automatic: {above: 80 %, below: 30 %}}
      requests:
        - list:
            - {request: q1, from: a, to: b, rate: 100 Gbps, hold: 1 s}
        - trace: r.csv
        - generate: {name: g, arrivals: {erlang: 5}, holding: {exponential: {mean: 2 s, below: 4 s}}, rates: {fixed: 100 Gbps}, between: all}
      failures: {cuts: {per_1000_km: 2 /y, repair: 8 h}}
    events:
      - {at: 1 s, cut: ab, for: 2 s}
    """

  static let files = [
    "r.csv": """
    request,start_s,source,target,rate_bps,hold_s,protection
    q,0.5,a,b,1e9,1,

    """
  ]
}
