// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A page of the documentation: its lines, its headings, and where it leads to.
struct MarkdownPage {
  /// From the root of the package, such as `docs/model/README.md`.
  let path: String
  let text: String
  let lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The lines outside of blocks of code, numbered from 1.
  var prose: [(number: Int, text: Substring)] {
    var isCode = false
    var found: [(number: Int, text: Substring)] = []
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        isCode.toggle()
      } else if !isCode, !line.hasPrefix("    ") {
        found.append((index + 1, line))
      }
    }
    return found
  }

  var headings: [Substring] {
    prose.map(\.text).filter { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" }.dropFirst() }
  }

  /// What may stand behind `#` in a link to this page, as GitHub makes it of the headings.
  var anchors: Set<String> {
    var times: [String: Int] = [:]
    return Set(
      headings.map { heading in
        let kept = heading.lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
        let anchor = kept.replacingOccurrences(of: " ", with: "-")
        defer { times[anchor, default: 0] += 1 }
        return times[anchor].map { "\(anchor)-\($0)" } ?? anchor
      })
  }

  struct Link {
    var line: Int
    var target: String
    /// The text behind `#`; nil without one.
    var anchor: String?
  }

  /// The links to files, as they stand there; those to other hosts are left out.
  var links: [Link] {
    prose.filter { $0.text.contains("](") }.flatMap { number, text in
      text.matches(of: /\]\(([^)]+)\)/).compactMap { match in
        let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        guard !match.1.contains("://") else { return nil }
        return Link(
          line: number, target: String(parts[0]), anchor: parts.count > 1 ? String(parts[1]) : nil)
      }
    }
  }

  /// The parts of a page below each heading, by heading.
  func section(_ heading: Substring) -> String {
    let start = lines.firstIndex { $0.hasPrefix("#") && $0.hasSuffix("# " + heading) } ?? 0
    let rest = lines[(start + 1)...]
    let end = rest.firstIndex { $0.hasPrefix("#") } ?? lines.endIndex
    return rest[..<end].joined(separator: "\n")
  }

  /// The rows of the first table, cell by cell, without its header.
  var rows: [[String]] {
    lines.filter { $0.hasPrefix("|") }.dropFirst(2).map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }
}

extension SourceTree {
  /// The pages in Markdown, in every folder but those that are hidden.
  func pages() throws -> [MarkdownPage] {
    let paths = FileManager.default.enumerator(atPath: root)
    return try (paths?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.sorted()
      .map { path in
        MarkdownPage(
          path: path, text: try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8))
      }
  }
}
