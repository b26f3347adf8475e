// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import FuzzKit

/// Everything that fuzzers keep or once found goes through the same readers at each test run.
@Suite struct FuzzTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }

  @Test(arguments: FuzzTarget.all.map(\.name)) func keptInputsAreReadOrRefused(name: String) throws
  {
    let target = try #require(FuzzTarget(named: name))
    let kept = inputs(in: "Corpus/\(name)")
    #expect(!kept.isEmpty)
    for path in kept + inputs(in: "Found/\(name)") {
      let input = try #require(bytes(ofFile: path))
      if let flaw = target.flaw(in: input) { Issue.record("\(path): \(flaw)") }
    }
  }

  private func inputs(in folder: String) -> [String] {
    let folder = "\(Self.folder)/\(folder)"
    return fileNames(in: folder).filter { !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
  }

  /// What a reader gives in return is looked at, so that a target that sees nothing is noticed.
  @Test func scenariosThatSettingsChangeAreTakenWithoutThem() {
    for (place, base) in BaseScenario.all.enumerated() {
      #expect(FuzzTarget.refusal(of: base) == nil, "the scenario \(place) is refused")
    }
  }

  @Test func wordsAreWrittenForLibFuzzer() {
    let target = FuzzTarget("t", longest: 1, words: ["a \"b\"", "\\\n\u{85}"]) { _ in nil }
    #expect(target.dictionary == "\"a \\x22b\\x22\"\n\"\\x5c\\x0a\\xc2\\x85\"\n")
  }

  @Test func theDictionaryOfScenariosHasKeysAndChoices() {
    let words = FuzzTarget(named: "check")?.words ?? []
    #expect(words.contains("on_failure: ") && words.contains("tcp-cubic") && words.count > 200)
  }
}
