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
    #expect(text.contains("channels: 9") && text.contains("{load: 5 Mbps}"))
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
      refused.errors.hasSuffix("net.yaml already exists; choose another --out or give --force\n"))
    #expect(try workspace.text(of: "net.yaml") == "mine\n")
    #expect(try workspace.cpnsim(words + ["--force"]).code == 0)
    #expect(try workspace.text(of: "net.yaml") != "mine\n")
    #expect(workspace.names == ["net.txt", "net.yaml"])
  }

  @Test(arguments: [
    ([], "net.txt: no length for 1 of 2 links"),
    (["--input-format", "graphml"], "net.txt:1:1: found text outside of the root element"),
    (["--input-format", "gml"], "'gml' is no value for '--input-format'"),
    (["--default-length", "80"], "'80' is no value for '--default-length': expected a length"),
    (["--default-length", "0 km"], "'0 km' is no value for '--default-length'"),
    (["--load", "5 GB"], "'5 GB' is no value for '--load': expected a bit rate"),
    (["--route-factor", "0.9"], "--route-factor is from 1 to 10"),
    (["--channels", "0"], "--channels is from 1 to 1000"),
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
