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
}
