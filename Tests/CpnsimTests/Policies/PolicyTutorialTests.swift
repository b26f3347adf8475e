// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// docs/policies.md and Examples/policies, as their readers use them.
@Suite struct PolicyTutorialTests {
  private static let examples = ScenarioGoldenTests.root.appending(path: "Examples/policies")

  /// A block of the page: its language, and what is in it.
  private struct Block {
    var language: String
    var text: String
  }

  /// The blocks of the tutorial, in order.
  private func blocks() throws -> [Block] {
    let page = try String(
      contentsOf: ScenarioGoldenTests.root.appending(path: "docs/policies.md"), encoding: .utf8)
    let start = try #require(page.range(of: "## From nothing to a guarded policy")).upperBound
    let end = try #require(page.range(of: "## Messages")).lowerBound
    // Fences divide the text into what is outside and inside of blocks, in turn.
    let parts = page[start..<end].components(separatedBy: "```")
    return stride(from: 1, to: parts.count, by: 2).map { index in
      let lines = parts[index].split(
        separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Block(language: String(lines[0]), text: String(lines.last ?? ""))
    }
  }

  /// A file of the examples without what says its licence.
  private func example(_ name: String) throws -> String {
    let text = try String(contentsOf: Self.examples.appending(path: name), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.filter { !$0.contains("SPDX") }.joined(separator: "\n")
  }

  @Test func theTutorialDoesWhatIsPrinted() throws {
    let workspace = try Workspace()
    let blocks = try blocks()
    var files = ["suite.yaml", "soonest.py", "fleet.yaml"]
    var output = ""
    for block in blocks {
      switch block.language {
      case "yaml", "python":
        let last = files.popLast()
        let name = try #require(last)
        let text = try example(name)
        #expect(block.text == text, "\(name)")
        try workspace.write(block.text, to: name)
      case "sh":
        for command in block.text.split(separator: "\n") {
          let outcome = try workspace.bash(String(command))
          let code: Int32 = command.hasSuffix("# exits with 1") ? 1 : 0
          #expect(outcome.code == code, "\(command): \(outcome.output) \(outcome.errors)")
          output = outcome.output
        }
      default: Readme.expect(block.text, in: output)
      }
    }
    #expect(files.isEmpty)
  }

  /// The template, and what was compiled, decide as the built-in policy does, event by event.
  @Test func theExamplesDecideAsNearest() throws {
    let workspace = try Workspace()
    let files = ["fleet.yaml", "template.py", "nearest.c", "nearest.swift"]
    for name in files { try workspace.write(example(name), to: name) }
    let compilers = try workspace.bash(
      "$(command -v cc || command -v clang) -O1 -Wall -Wextra -Werror -o nearest nearest.c && "
        + "swiftc -parse-as-library -o nearest-swift nearest.swift")
    try #require(compilers.code == 0, "\(compilers.errors)")
    let placements = [
      "nearest", "{command: [python3, template.py]}",
      "{command: [python3, template.py], ask: together}", "{command: [./nearest]}",
      "{command: [./nearest-swift]}",
    ]
    var digests: [String] = []
    for (number, placement) in placements.enumerated() {
      let outcome = try workspace.cpnsim(
        "run", "fleet.yaml", "--quiet", "--out", "out\(number)", "--set", "placement=\(placement)")
      #expect(outcome.code == 0, "\(outcome.errors)")
      digests.append(
        try #require(try workspace.json(of: "out\(number)/manifest.json")["digest"] as? String))
    }
    #expect(Set(digests).count == 1, "\(digests)")
  }
}
