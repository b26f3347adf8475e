// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// README.md, as the tests read it.
struct Readme {
  private static let text =
    (try? String(
      contentsOf: ScenarioGoldenTests.root.appending(path: "README.md"), encoding: .utf8)) ?? ""

  /// The first block behind a heading or a sentence, without its fences.
  static func block(behind words: String) throws -> String {
    let start = try #require(text.range(of: words), "README.md has no \"\(words)\"").upperBound
    let opened = try #require(text.range(of: "\n```", range: start..<text.endIndex)).upperBound
    let first = try #require(text.range(of: "\n", range: opened..<text.endIndex)).upperBound
    let end = try #require(text.range(of: "\n```", range: first..<text.endIndex)).lowerBound
    return String(text[first..<end])
  }

  /// The commands of the second part, in order, without what stands behind `#`.
  static func commands() throws -> [String] {
    let blocks = text.components(separatedBy: "\n```\n").filter { $0.hasPrefix("cpnsim ") }
    return try #require(blocks.first).split(separator: "\n").map {
      ($0.components(separatedBy: " #").first ?? "").trimmingCharacters(in: .whitespaces)
    }
  }

  /// Compares what a block prints with what came out: line by line, `...` for any number of them.
  static func expect(_ block: String, in output: String) {
    var left = output.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var mayPass = true
    for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "..." || line.isEmpty {
        mayPass = true
        continue
      }
      let place = mayPass ? left.firstIndex(of: line) : left.first == line ? left.startIndex : nil
      guard let place else {
        Issue.record("README.md prints what the program does not: \(line)\nin:\n\(output)")
        return
      }
      left = left[(place + 1)...]
      mayPass = false
    }
  }
}

/// The scenario, the commands and the output of README.md go together.
@Suite struct ReadmeTests {
  @Test func theExampleDoesWhatIsPrinted() throws {
    let workspace = try Workspace()
    try workspace.write(
      Readme.block(behind: "## A scenario of your own") + "\n", to: "two-rings.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: "\(workspace.path)/Scenarios",
      withDestinationPath: ScenarioGoldenTests.root.appending(path: "Scenarios").path)
    var outputs: [String: String] = [:]
    // What asks for 180 runs is left to `.ci/check-docs`, which has a release build.
    for command in try Readme.commands() where !command.hasPrefix("cpnsim sweep ") {
      let outcome = try workspace.bash(command)
      #expect(outcome.code == 0, "\(command): \(outcome.errors)")
      outputs[command] = outcome.output
    }
    #expect(outputs.count > 5)
    for command in ["cpnsim run two-rings.yaml", "cpnsim explain results/two flow backup"] {
      Readme.expect(
        try Readme.block(behind: "`\(command)` "), in: try #require(outputs[command]))
    }
  }
}
