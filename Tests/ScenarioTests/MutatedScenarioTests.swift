// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scenario
import Testing
import Text
import YAMLReader

/// Scenarios with mistakes in them load, or say what is wrong and where; they never end the program.
@Suite struct MutatedScenarioTests {
  private static let scenarios = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios").path

  private static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: scenarios)) ?? []
    return all.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test func thereAreScenarios() {
    #expect(Self.names.count > 10)
  }

  @Test(arguments: 0..<40) func everyMutationLoadsOrSaysWhyNot(seed: Int) throws {
    var mutation = Mutation(seed: seed)
    for _ in 0..<10 {
      let text = mutation.scrapped(ScenarioFileTests.full)
      try check(text, again: true) { try load($0) }
    }
  }

  /// A scenario that is shipped, with one to three mistakes in it, again and again.
  @Test(arguments: Self.names) func aShippedScenarioLoadsOrSaysWhere(name: String) throws {
    let original = try String(contentsOfFile: "\(Self.scenarios)/\(name)", encoding: .utf8)
    // Its traces stand beside it.
    let folder = try ScratchFolder()
    for entry in try FileManager.default.contentsOfDirectory(atPath: Self.scenarios)
    where !entry.hasSuffix(".yaml") {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(entry)", withDestinationPath: "\(Self.scenarios)/\(entry)")
    }
    var mutation = Mutation(seed: name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF })
    // A debug build takes from 20 ms to 3 s to check one, most of it for light of the whole country.
    let isNational = original.contains("use: national")
    var refused = 0
    for _ in 0..<(isNational ? 8 : 50) {
      let loads = try check(mutation.mistaken(original), again: !isNational) {
        try ScenarioFile.load(path: folder.write($0, to: "s.yaml"))
      }
      if !loads { refused += 1 }
    }
    #expect(refused > 0, "no mutation of \(name) hit anything")
  }

  /// Whether a text loads, and loads again from what it resolves to.
  ///
  /// What is said against it has a place in it.
  @discardableResult
  private func check(
    _ text: String, again: Bool, _ load: (String) throws -> LoadedScenario
  ) throws -> Bool {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.count
    do {
      let resolved = try load(text).resolvedJSON
      if again { #expect(try load(resolved).resolvedJSON == resolved) }
      return true
    } catch let error as ScenarioErrors {
      #expect(!error.problems.isEmpty)
      for problem in error.problems where problem.file.hasSuffix("s.yaml") {
        guard case .mark(let mark) = problem.place else {
          Issue.record("\(problem) has no place in:\n\(text)")
          continue
        }
        #expect(1...lines + 1 ~= mark.line && mark.column >= 1, "\(problem)")
      }
      return false
    }
  }
}

/// A source of mistakes, the same for equal seeds.
private struct Mutation {
  private static let scraps = [
    "[", "]", "{", ": ", "- ", "\n", "\t", "&x ", "*x", "!!int ", "<<: ", "---\n", "1e999",
    "-9223372036854775808", "1e-9223372036854775808 s", "nan", "~", "\"\\ud800\"", "#", "|\n", "? ",
    "%YAML 1.2\n", "1e18 Pbps", "99999999999999999999 s", "\u{2028}", ":back", "\u{0}",
  ]
  private static let numbers = ["0", "-1", "1e999", "0.5", "nan", "1e-30", "9e18", "", "x"]

  private var state: UInt64

  init(seed: Int) {
    state = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
  }

  private mutating func draw(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  /// A few scraps thrown in anywhere.
  mutating func scrapped(_ original: String) -> String {
    var text = Array(original)
    for _ in 0...draw(3) {
      let start = draw(text.count)
      let end = min(text.count, start + draw(8))
      text.replaceSubrange(start..<end, with: Array(Self.scraps[draw(Self.scraps.count)]))
    }
    return String(text)
  }

  /// One to three mistakes as people make them, outside of comments.
  mutating func mistaken(_ original: String) -> String {
    var lines = original.split(separator: "\n").map(String.init).filter {
      !$0.drop { $0 == " " }.hasPrefix("#")
    }
    for _ in 0...draw(2) where !lines.isEmpty {
      let line = draw(lines.count)
      switch draw(7) {
      case 0: lines.remove(at: line)
      case 1: lines.insert(lines[line], at: draw(lines.count))
      case 2: lines.swapAt(line, draw(lines.count))
      case 3: lines[line] = draw(2) == 0 ? "  " + lines[line] : String(lines[line].dropFirst(2))
      case 4: replaceNumber(in: &lines[line])
      case 5: replaceWord(in: &lines[line], by: lines[draw(lines.count)])
      default: lines[line] = scrapped(lines[line] + " ")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func replaceNumber(in line: inout String) {
    let found = line.matches(of: /[0-9][0-9.e]*/).map(\.range)
    guard !found.isEmpty else { return }
    line.replaceSubrange(found[draw(found.count)], with: Self.numbers[draw(Self.numbers.count)])
  }

  private mutating func replaceWord(in line: inout String, by other: String) {
    let found = line.matches(of: /[A-Za-z_]+/).map(\.range)
    let others = other.matches(of: /[A-Za-z_]+/).map(\.output)
    guard !found.isEmpty, !others.isEmpty else { return }
    line.replaceSubrange(found[draw(found.count)], with: others[draw(others.count)])
  }
}
