// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Tables on narrow terminals: folded, and nothing of them cut.
@Suite struct WideTableTests {
  private static let questions = [
    "show light --from ZJK --to SG", "show light --from ZJK --to SG --all-modes", "show fibres",
    "show network", "show circles", "show columns flows", "show presets",
    "show headroom --rate '400 Gbps' --length '1000 km'",
  ]

  private func width(_ line: some StringProtocol) -> Int {
    line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
  }

  /// The words of a table in an order that folding leaves as it is: by how often each is there.
  private func words(_ text: String) -> [String: Int] {
    text.split { $0.isWhitespace || $0 == ";" }.reduce(into: [:]) {
      $0[String($1), default: 0] += 1
    }
  }

  @Test(arguments: questions, [80, 60]) func allOfATableIsThere(
    question: String, columns: Int
  ) throws {
    let workspace = try Workspace()
    let wide = try workspace.bash("unset COLUMNS; cpnsim \(question)")
    let narrow = try workspace.bash("COLUMNS=\(columns) cpnsim \(question)")
    #expect(narrow.code == 0)
    #expect(!narrow.output.contains("…"))
    #expect(words(narrow.output) == words(wide.output))
    for line in narrow.output.split(separator: "\n") where line.contains(" ") {
      #expect(width(line) <= columns, "\(line)")
    }
  }

  @Test func aPipeIsAsWideAsTheTable() throws {
    let workspace = try Workspace()
    let wide = try workspace.bash("unset COLUMNS; cpnsim show fibres")
    let lines = wide.output.split(separator: "\n")
    // A row a fibre, and the head.
    #expect(lines.count == 1 + lines.count { $0.hasSuffix("Gbps") || $0.hasSuffix("Tbps") })
  }

  @Test func aLoneRowBecomesAList() throws {
    let workspace = try Workspace()
    let outcome = try workspace.bash("COLUMNS=80 cpnsim show light --path 'Beijing;ZJK'")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("mode ") == true)
    #expect(lines.contains { $0.hasPrefix("path ") && $0.hasSuffix(" Beijing;ZJK") })
  }

  /// What people are shown of runs, of what is in them, and of two of them.
  private static let ofRuns = [
    "run day.yaml", "run cut.yaml", "explain cut flow bare", "explain cut link bare --at '3 min'",
    "compare cut later", "show links day.yaml", "show pools day.yaml", "show pools",
    "show events cut.yaml", "show network 'day.yaml'",
    "plan national-day.yaml --failures single --top 3 --quiet --set 'duration=1 h'",
    "plan backbone.yaml --solver none --quiet || true",
  ]

  /// Runs whose names and remarks are long: a day of the national network, and a cut.
  private func runs() throws -> Workspace {
    let workspace = try Workspace()
    let scenarios = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Scenarios").standardizedFileURL.path
    let made = try workspace.bash(
      """
      ln -s '\(scenarios)/power-cap.yaml' day.yaml
      ln -s '\(scenarios)/fibre-cut.yaml' cut.yaml
      ln -s '\(scenarios)/national-day.yaml' national-day.yaml
      sed 's#[.][.]/#\(scenarios)/#' '\(scenarios)/plans/backbone.yaml' > backbone.yaml
      cpnsim run cut.yaml --out cut --quiet
      cpnsim run cut.yaml --out later --quiet --set 'events[0].at=4 min'
      """)
    #expect(made.code == 0, "\(made.errors)")
    return workspace
  }

  @Test(arguments: [80, 120]) func everythingFits(columns: Int) throws {
    let workspace = try runs()
    for question in Self.ofRuns {
      let outcome = try workspace.bash("COLUMNS=\(columns) cpnsim \(question)")
      #expect(outcome.code == 0, "\(question): \(outcome.errors)")
      for line in outcome.output.split(separator: "\n") where line.contains(" ") {
        #expect(width(line) <= columns, "\(question): \(line)")
      }
    }
  }

  @Test func everyAnswerIsThereAsJSON() throws {
    let workspace = try runs()
    let subjects = [
      "network", "links cut.yaml", "paths cut.yaml", "fibres", "light --from ZJK --to SG",
      "circles", "headroom --rate '400 Gbps' --length '1000 km'", "pools", "events cut.yaml",
      "columns", "presets", "trace flows.csv", "allocation fleet.yaml",
    ]
    // A subject that is new has to be asked for here as well.
    #expect(
      subjects.map { $0.prefix { $0 != " " } }.sorted() == ShowSubjects.all.map { $0[...] }.sorted()
    )
    let scenarios = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Scenarios").standardizedFileURL.path
    _ = try workspace.bash(
      "ln -s '\(scenarios)/ring.csv' flows.csv; ln -s '\(scenarios)/fleets/three-types.yaml' fleet.yaml"
    )
    let questions =
      subjects.map { "show \($0)" } + ["explain cut flow bare", "explain cut link bare"]
    for question in questions {
      let outcome = try workspace.bash("cpnsim \(question) --format json")
      #expect(outcome.code == 0, "\(question): \(outcome.errors)")
      let value = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      #expect(value != nil, "\(question)")
    }
  }
}
