// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// The JSON Schema of what runs and policies say to each other.
@Suite struct PolicySchemaTests {
  /// Scenarios whose programs decide at each seam.
  private static func talks() throws -> [(workspace: Workspace, words: [String])] {
    [
      (
        try PolicyBench.workspace(
          """
          def decide(m):
              if m["seam"] == "placement": return nearest(m)
              return {"type": "answer", "q": m["q"], "place": []}
          """),
        [
          "--set", "placement.moves=5 min", "--set",
          "traffic[0].jobs.checkpoint={every: 10 min, size: 10 GB}",
        ]
      ),
      (try SeamBench.workspace(TokenPolicyTests.scenario, example: "sites.py"), []),
      (try SeamBench.workspace(QueuePolicyTests.scenario, QueuePolicyTests.preemptive), []),
      (try SeamBench.workspace(LightpathPolicyTests.scenario, example: "lightpaths.py"), []),
      (try SeamBench.workspace(PowerPolicyTests.scenario, example: "power.py"), []),
      (try SeamBench.workspace(BalancingPolicyTests.scenario, example: "paths.py"), []),
      (
        try SeamBench.workspace(ExchangePolicyTests.scenario, example: "paths.py"),
        ExchangePolicyTests.pods
      ),
      (try SeamBench.workspace(PreemptionPolicyTests.scenario, PreemptionPolicyTests.least), []),
      (
        try SeamBench.workspace(ElasticPolicyTests.scenario, example: "deadlines.py"),
        ElasticPolicyTests.admission + ElasticPolicyTests.scheduling
      ),
    ]
  }

  /// Every member of every message that passes is in the schema, and every member that has to be
  /// there is.
  @Test func theSchemaIsWhatIsSaid() throws {
    let schema = try Workspace().cpnsim("schema", "policy").object()
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    var seen: Set<String> = []
    for (workspace, words) in try Self.talks() {
      let run = try workspace.cpnsim(
        ["run", "s.yaml", "--quiet", "--transcript", "t.jsonl"] + words)
      try #require(run.code == 0, "\(run.errors)")
      var seam = ""
      for line in try workspace.text(of: "t.jsonl").split(separator: "\n") {
        let entry = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let message = try #require((entry["sent"] ?? entry["said"]) as? [String: Any])
        let type = try #require(message["type"] as? String)
        if type == "ask" { seam = try #require(message["seam"] as? String) }
        let name =
          (entry["sent"] == nil ? "policy." : "run.") + type
          + (["ask", "answer"].contains(type) ? "." + seam : "")
        seen.insert(name)
        expect(message, fits: try #require(definitions[name]), "\(name)")
      }
    }
    #expect(seen == Set(definitions.keys))
  }

  private func expect(_ value: Any, fits schema: [String: Any], _ place: String) {
    if let object = value as? [String: Any], let known = schema["properties"] as? [String: Any] {
      let required = schema["required"] as? [String] ?? []
      #expect(Set(object.keys).isSubset(of: known.keys), "\(place)")
      #expect(Set(required).isSubset(of: object.keys), "\(place)")
      for (key, value) in object {
        if let schema = known[key] as? [String: Any] {
          expect(value, fits: schema, "\(place).\(key)")
        }
      }
    } else if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
      for value in list { expect(value, fits: items, place) }
    } else if let word = schema["const"] as? String {
      #expect(value as? String == word, "\(place)")
    } else if let type = schema["type"] as? String {
      let isText = value is String
      #expect(isText == (type == "string") && !(value is [Any]), "\(place)")
    }
  }
}
