// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import SwarmKit

/// Checks of the swarm on scenarios that they once found fault with, though nothing was wrong.
@Suite struct CheckTests {
  private func findings(
    _ text: String, files: [(name: String, text: String)] = []
  ) throws -> [String] {
    let root = try #require(Twin.tree(text))
    let swarm = try #require(Swarm())
    switch swarm.test(SwarmScenario(seed: 1, root: root, files: files)) {
    case .sound: return []
    case .skipped: return ["the scenario is too large"]
    case .found(let findings): return findings.map { "\($0)" }
    }
  }

  /// The row has no ends either, as the listed flow has none, and another path.
  @Test func aRowOfATraceMayNameAPathOfItsOwn() throws {
    let text = """
      {
        "scenario": "paths", "duration": "10 s", "sample_every": "1 s",
        "network": {
          "links": [{"name": "p", "capacity": "1 Gbps"}, {"name": "q", "capacity": "1 Gbps"}]
        },
        "traffic": [
          {"flows": [{"flow": "listed", "path": ["p", "q"], "size": "10 MB"}]},
          {"trace": {"file": "t.csv"}}
        ]
      }
      """
    let trace = "flow,start_s,source,target,bytes,path\nrow,1,,,5000000,p\n"
    #expect(try findings(text, files: [("t.csv", trace)]) == [])
  }

  /// A flow in line that is then let in with less is shrunk, and not postponed, and was in line.
  @Test func aFlowInLineIsInProgressOnceItIsLetIn() throws {
    let text = """
      {
        "scenario": "line", "seed": 206288, "duration": "100000 s",
        "classes": [{"name": "c5"}, {"name": "c6"}, {"name": "users"}],
        "network": {
          "links": [
            {"name": "l1", "from": "a", "to": "b", "capacity": "2316964041 bps", "two_way": true},
            {"name": "l2", "from": "a", "to": "c", "capacity": "2316964041 bps", "two_way": true},
            {"name": "l3", "from": "b", "to": "d", "capacity": "19308033678 bps", "two_way": true},
            {"name": "l4", "from": "a", "to": "e", "capacity": "19308033678 bps", "two_way": true}
          ]
        },
        "traffic": [
          {"demand": {"name": "d12", "rate": "6827724511 bps", "weights": {"b": 1, "e": 2}}},
          {
            "tokens": {
              "total": "4987533 tokens/s", "from": {"d": 4},
              "to": {"c": {"nodes": 46.585040853950915}}
            }
          },
          {
            "elastic": {
              "name": "el15", "arrivals": {"poisson": "1.836 /h"},
              "sizes": {"exponential": "842026905213 B"},
              "weights": {"a": 3, "c": 3, "d": 4, "e": 5}, "count": 51,
              "tiers": [
                {"name": "bronze", "floor": "15446427 bps"},
                {"name": "gold", "floor": "1930803368 bps"}
              ],
              "admission": {"patience": "2115757682203 ns"}
            }
          }
        ]
      }
      """
    #expect(try findings(text) == [])
  }
}
