// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// A small scenario that is right, and one change to it with what is said of it.
struct Flaw: CustomTestStringConvertible, Sendable {
  var from: String
  var to: String
  var problems: [String]

  init(_ from: String, _ to: String, _ problems: String...) {
    self.from = from
    self.to = to
    self.problems = problems
  }

  var testDescription: String { to }

  static let sound = """
    scenario: s
    duration: 10 s
    network:
      nodes: [a, b, c]
      links:
        - {name: ab, from: a, to: b, capacity: 1 Gbps, two_way: true}
        - {name: loose, capacity: 2 Gbps}
    classes:
      - {name: gold, weight: 2}
    traffic:
      - trace: t.csv
      - flows:
          - {flow: f1, from: a, to: b, size: 1 MB}
      - generate: {name: g, arrivals: {poisson: 1 /s}, sizes: {fixed: 1 MB}, path: [ab]}
    events:
      - {at: 1 s, fail: ab}
    """
}
