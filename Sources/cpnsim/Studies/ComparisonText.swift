// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Statistics
internal import Studies
internal import Text

private typealias Cell = Results.Cell

/// Comparisons in tables and sentences, for a terminal or as Markdown.
struct ComparisonText {
  private let report: ComparisonReport
  private let isMarkdown: Bool

  /// More rows than a screen has; programs get all.
  private static let mostRows = 60

  init(_ report: ComparisonReport, isMarkdown: Bool) {
    self.report = report
    self.isMarkdown = isMarkdown
  }

  var text: String {
    ([legend] + report.parts.map(text)).joined(separator: "\n")
  }

  /// What the letters stand for.
  private var legend: String {
    guard let baseline = report.parts.first?.baseline else { return "" }
    let sides = [(0, baseline)] + report.parts.map { ($0.place, $0.candidate) }
    return sides.map { place, side in
      let letter = ComparisonReport.letter(place)
      return isMarkdown
        ? "- **\(letter)**: `\(side.name)`, \(Listing.escaped(side.about))\n"
        : "\(letter)  \(side.name): \(side.about)".foldedToTerminal + "\n"
    }.joined()
  }

  private func text(_ part: ComparisonReport.Part) -> String {
    let comparison = part.comparison
    let several = comparison.variants.count > 1
    var blocks = [title(part)]
    // That all is the same the title says already.
    let findings = ComparisonFindings(part, report.rules).all.filter { $0.kind != .same }
    if !findings.isEmpty { blocks.append(findings.map(text).joined()) }
    if !comparison.isIdentical {
      let letter = part.letter
      if several { blocks.append(table(ComparisonRows.verdicts(of: comparison))) }
      let rows = ComparisonRows.metrics(
        of: comparison, letter: letter, onlyDecided: several, most: Self.mostRows)
      if !rows.listing.rows.isEmpty { blocks.append(table(rows.listing)) }
      if rows.more > 0 {
        blocks.append(sentence("and \(counted(rows.more, "row")) more; --format csv has all"))
      }
      blocks += part.moves.map { moves($0, letter) }
      if part.isOfStudies { blocks += mostMoved(comparison, letter) }
    }
    let notes = ComparisonNotes(part, report.rules).all
    if !notes.isEmpty { blocks.append(notes.map(sentence).joined()) }
    return blocks.joined(separator: "\n")
  }

  private func text(_ finding: ComparisonFindings.Finding) -> String {
    guard !isMarkdown else {
      let command = finding.command.map { " `\($0)`" } ?? ""
      return "- \(Listing.escaped(finding.text))\(command)\n"
    }
    return ("- " + finding.text).foldedToTerminal + "\n"
      + (finding.command.map { "  \($0)\n" } ?? "")
  }

  private func title(_ part: ComparisonReport.Part) -> String {
    let pairs = part.comparison.variants.reduce(0) { $0 + $1.pairs }
    let title = "\(part.letter) against A, \(counted(pairs, "pair")) of runs"
    let found = part.comparison.isIdentical ? "identical: all runs have equal digests" : nil
    let line = found.map { "\(title): \($0)" } ?? title
    return isMarkdown ? "### \(line)\n" : "\(line)\n"
  }

  private func moves(_ moves: Moves, _ letter: String) -> String {
    let of = moves.of.isEmpty ? "" : ", \(moves.of)"
    var title = "\(moves.kind)s that moved most, by \(moves.measure)\(of)"
    if moves.rows.isEmpty { title = "no \(moves.kind) moved, by \(moves.measure)\(of)" }
    var rest = ["\(moves.both) in both"]
    if moves.onlyBaseline > 0 { rest.append("\(moves.onlyBaseline) in A alone") }
    if moves.onlyCandidate > 0 { rest.append("\(moves.onlyCandidate) in \(letter) alone") }
    let line = "\(title) (\(rest.joined(separator: ", ")))"
    guard !moves.rows.isEmpty else { return sentence(line) }
    return (isMarkdown ? "\(line):\n\n" : "\(line)\n")
      + table(ComparisonRows.moves(moves, letter: letter))
  }

  /// In which variant, and in which of its runs, each metric moved most.
  private func mostMoved(_ comparison: Comparison, _ letter: String) -> [String] {
    let listing = ComparisonMoves.listing(of: comparison, letter: letter)
    guard !listing.rows.isEmpty else { return [sentence("no metric moved")] }
    let more = comparison.mostMoved.count - listing.rows.count
    let rest = more > 0 ? " (and \(counted(more, "metric")) more)" : ""
    let line = "where each metric moved most\(rest)"
    return [(isMarkdown ? "\(line):\n\n" : "\(line)\n") + table(listing)]
  }

  private func table(_ listing: Listing) -> String {
    isMarkdown ? listing.markdown : listing.table
  }

  private func sentence(_ text: String) -> String {
    isMarkdown ? "- \(Listing.escaped(text))\n" : "\(text.foldedToTerminal)\n"
  }
}

extension Listing {
  /// A table of GitHub's Markdown; numbers stand to the right.
  var markdown: String {
    let cells = rows.map { $0.map { Listing.escaped($0.shown) } }
    let rules = headings.indices.map { column in
      rows.allSatisfy { $0[column].isText } ? "---" : "---:"
    }
    return ([headings.map { Listing.escaped($0.shown) }, rules] + cells)
      .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// Names stand as they are: nothing in them is markup.
  fileprivate static func escaped(_ text: String) -> String {
    text.map { character in
      if character.isNewline { return " " }
      return #"\`*<>[]|"#.contains(character) ? "\\\(character)" : String(character)
    }.joined()
  }
}

extension Results.Cell {
  fileprivate var isText: Bool {
    if case .text = self { true } else { false }
  }
}
