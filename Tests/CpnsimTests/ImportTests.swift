// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ImportTests {
  static let network = """
    ?SNDlib native format; type: network; version: 1.0
    NODES ( A ( 1 1 ) B ( 2 2 ) C )
    LINKS ( L ( A B ) 0 0 0 0 ( ) M ( B C ) 0 0 0 0 ( ) )
    DEMANDS ( D ( A C ) 1 5 UNLIMITED )

    """

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Self.network, to: "net.txt")
    return workspace
  }

  @Test func aScenarioIsWrittenToAFile() throws {
    let workspace = try workspace()
    let outcome = try workspace.cpnsim(
      "import", "net.txt", "--default-length", "80 km", "--demand-unit", "1 Mbps", "--out",
      "net.yaml", "--channels", "9", "--name", "on")
    #expect(outcome.code == 0 && outcome.output.isEmpty)
    #expect(outcome.errors == "Wrote net.yaml\n")
    #expect(workspace.names == ["net.txt", "net.yaml"])
    let text = try workspace.text(of: "net.yaml")
    #expect(text.contains("scenario: \"on\"\n"))
    #expect(text.contains("{name: B-C, between: [B, C], length: 80 km}"))
    #expect(text.contains("channels: 9") && text.contains("{load: 10 Mbps}"))
  }

  /// The example of docs/import.md is what comes out, as far as it is printed there.
  @Test func theDocumentedExampleIsTrue() throws {
    let root = ScenarioGoldenTests.root.path
    let page = try String(contentsOfFile: root + "/docs/import.md", encoding: .utf8)
    let start = try #require(page.range(of: "```yaml\n")).upperBound
    let end = try #require(page.range(of: "```\n", range: start..<page.endIndex)).lowerBound
    let file = root + "/Scenarios/networks/lakes.txt"
    let outcome = try Workspace().cpnsim("import", file)
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix(page[start..<end]))
  }

  @Test func warningsAndTheScenarioGoTheirOwnWays() throws {
    let outcome = try workspace().cpnsim("import", "net.txt", "--placed-only")
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("# Imported from net.txt (SNDlib native) by cpnsim "))
    #expect(outcome.output.contains("scenario: net\n"))
    #expect(
      outcome.errors
        == "warning: net.txt: left out 1 node without coordinates and 1 link: C\n")
  }

  @Test func aFileIsReplacedOnlyByForce() throws {
    let workspace = try workspace()
    try workspace.write("mine\n", to: "net.yaml")
    let words = ["import", "net.txt", "--default-length", "80 km", "--out", "net.yaml"]
    let refused = try workspace.cpnsim(words)
    #expect(refused.code == 2)
    #expect(
      refused.errors.hasSuffix("net.yaml already exists; choose another name or give --force\n"))
    #expect(try workspace.text(of: "net.yaml") == "mine\n")
    #expect(try workspace.cpnsim(words + ["--force"]).code == 0)
    #expect(try workspace.text(of: "net.yaml") != "mine\n")
    #expect(workspace.names == ["net.txt", "net.yaml"])
  }

  /// Two places and a fibre of each length, in the form of TopoHub.
  private func topoHub(_ lengths_km: [Double], demands: String = "{}") -> String {
    let nodes = lengths_km.indices.map {
      "{\"id\": \"a\($0)\", \"pos\": [\(0.1 * Double($0)), 0]}, "
        + "{\"id\": \"b\($0)\", \"pos\": [\(0.1 * Double($0)), 40]}"
    }
    let edges = lengths_km.enumerated().map {
      "{\"source\": \"a\($0)\", \"target\": \"b\($0)\", \"dist\": \($1)}"
    }
    return """
      {"directed": false, "graph": {"demands": \(demands)},
       "nodes": [\(nodes.joined(separator: ", "))], "edges": [\(edges.joined(separator: ", "))]}
      """
  }

  /// Every length from a street to more than once round the world makes a scenario that runs.
  @Test func oceansAreCrossedWithLightMadeAnew() throws {
    let workspace = try Workspace()
    let lengths =
      [0.1, 80, 1000, 3000] + stride(from: 3800.0, through: 5400, by: 100) + [
        5570, 7300, 8355, 14500, 20000, 50000,
      ]
    try workspace.write(topoHub(lengths), to: "net.json")
    let outcome = try workspace.cpnsim("import", "net.json", "--out", "net.yaml")
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("no transceiver closes over"))
    #expect(outcome.errors.contains("light is regenerated on the way: "))
    let text = try workspace.text(of: "net.yaml")
    #expect(text.contains("\n  regeneration: true\n"))
    #expect(text.contains("  # No transceiver closes over"))
    #expect(text.contains("{name: a0-b0, between: [a0, b0], length: 1 km}"))
    let valid = try workspace.cpnsim("validate", "net.yaml")
    #expect(valid.code == 0, "\(valid.errors)")
    let run = try workspace.cpnsim("run", "net.yaml", "--out", "out", "--set", "duration=1 s")
    #expect(run.code == 0, "\(run.errors)")
    // Each link has all of its channels; light is regenerated at most once for each part.
    let lightpaths = try workspace.rows(of: "out/lightpaths.csv")
    #expect(lightpaths.count == 4 * lengths.count)
    for row in lightpaths {
      let stretches = row["channel"]?.split(separator: ";").count ?? 0
      let fibres = (row["path"]?.split(separator: ";").count ?? 0) - 1
      let length = row["km"].flatMap(Double.init) ?? .nan
      // What is a little too long may close over both parts, whose spans differ from those of one.
      #expect(length > 8000 ? stretches == fibres : (1...fibres).contains(stretches))
    }
  }

  @Test func whatLightCrossesIsLeftAsItIs() throws {
    let workspace = try Workspace()
    try workspace.write(topoHub([80, 1000, 3000]), to: "net.json")
    let outcome = try workspace.cpnsim("import", "net.json")
    #expect(outcome.code == 0 && !outcome.errors.contains("regenerated"))
    #expect(!outcome.output.contains("regenerat") && !outcome.output.contains("part"))
  }

  @Test func aLengthBeyondAllReasonIsAnError() throws {
    let workspace = try workspace()
    let outcome = try workspace.cpnsim("import", "net.txt", "--default-length", "1e9 km")
    #expect(outcome.code == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("is --default-length right?"), "\(outcome.errors)")
  }

  @Test(arguments: [
    // Each pair once: both ways. One pair both ways: as they stand, the others too.
    (#"{"a0": {"b0": 3}, "b0": {"a1": 2}}"#, ["a0 b0 3", "b0 a0 3", "b0 a1 2", "a1 b0 2"], 10.0),
    (#"{"a0": {"b0": 3, "a1": 1}, "b0": {"a0": 2}}"#, ["a0 b0 3", "a0 a1 1", "b0 a0 2"], 6.0),
  ])
  func demandsGoBothWaysWhereTheFileHasEachPairOnce(
    demands: String, pairs: [String], load: Double
  ) throws {
    let workspace = try Workspace()
    // A chain, so that everything has a route.
    let file = topoHub([50, 50], demands: demands).replacing(
      "\"edges\": [", with: "\"edges\": [{\"source\": \"b0\", \"target\": \"a1\", \"dist\": 60}, ")
    try workspace.write(file, to: "net.json")
    let outcome = try workspace.cpnsim("import", "net.json", "--out", "net.yaml")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let text = try workspace.text(of: "net.yaml")
    let found = text.split(separator: "\n").filter { $0.contains("weight: ") }.map { line in
      let words = line.split { " {},:".contains($0) }.map(String.init)
      return "\(words[2]) \(words[4]) \(words[6])"
    }
    #expect(found == pairs)
    #expect(text.contains("{load: \(Int(load)) Gbps}"))
    #expect(text.contains("# both ways") == (pairs.count == 4))
    let run = try workspace.cpnsim("run", "net.yaml", "--out", "out", "--set", "duration=10 min")
    #expect(run.code == 0, "\(run.errors)")
    let ways = Set(
      try workspace.rows(of: "out/flows.csv").map {
        "\($0["source"] ?? "") \($0["target"] ?? "")"
      })
    #expect(ways.count == pairs.count)
  }

  @Test(arguments: [
    ([], "net.txt: no length for 1 of 2 links"),
    (["--input-format", "graphml"], "net.txt:1:1: found text outside of the root element"),
    (["--input-format", "gml"], "'gml' is no value for '--input-format'"),
    (["--default-length", "80"], "'80' is no value for '--default-length': expected a length"),
    (["--default-length", "0 km"], "'0 km' is no value for '--default-length'"),
    (["--load", "5 GB"], "'5 GB' is no value for '--load': expected a bit rate"),
    (["--route-factor", "0.9"], "--route-factor is from 1 to 10"),
    (["--channels", "0"], "--channels is from 1 to 80"),
    (["--load", "1 Gbps", "--demand-unit", "1 Gbps"], "--load replaces the sum"),
    (["--placed-only", "--default-length", "1 km"], "--placed-only leaves no place"),
  ])
  func whatCannotBeDoneIsSaid(_ words: [String], _ error: String) throws {
    let workspace = try workspace()
    let outcome = try workspace.cpnsim(["import", "net.txt", "--out", "net.yaml"] + words)
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error: \(error)"), "\(outcome.errors)")
    #expect(workspace.names == ["net.txt"])
  }
}
