// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What the documentation points at is there.
@Suite struct DocumentationTests {
  private let tree: SourceTree
  private let pages: [MarkdownPage]

  init() throws {
    tree = try SourceTree.shared.get()
    pages = try tree.pages()
  }

  /// A target of a link, from the root of the package.
  private func resolved(_ target: String, in page: MarkdownPage) -> String {
    guard !target.isEmpty else { return page.path }
    var folders = page.path.split(separator: "/").dropLast().map(String.init)
    for step in target.split(separator: "/") where step != "." {
      if step == ".." {
        _ = folders.popLast()
      } else {
        folders.append(String(step))
      }
    }
    return folders.joined(separator: "/")
  }

  @Test func everyLinkLeadsSomewhere() throws {
    #expect(pages.flatMap(\.links).count > 50)
    let anchors = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, $0.anchors) })
    for page in pages {
      for link in page.links {
        let path = resolved(link.target, in: page)
        let place = "\(page.path):\(link.line): \(link.target)#\(link.anchor ?? "")"
        #expect(FileManager.default.fileExists(atPath: "\(tree.root)/\(path)"), "\(place)")
        if let anchor = link.anchor {
          #expect(anchors[path]?.contains(anchor) == true, "\(place)")
        }
      }
    }
  }

  /// Comments, scenarios and pages name pages as `docs/model/flows.md` too, outside of links.
  @Test func everyPageThatIsNamedIsThere() throws {
    let scenarios = try tree.folders(in: "Scenarios").filter { $0.hasSuffix(".yaml") }.map {
      try String(contentsOfFile: "\(tree.root)/Scenarios/\($0)", encoding: .utf8)
    }
    let texts = tree.files.map(\.text) + scenarios + pages.map(\.text)
    var count = 0
    // The search costs a thousand times what it costs to know that there is nothing to find.
    for text in texts where text.contains(".md") {
      for match in text.matches(of: /\b(docs|Results)\/[A-Za-z0-9_\/.-]+\.md\b/) {
        count += 1
        #expect(FileManager.default.fileExists(atPath: "\(tree.root)/\(match.0)"), "\(match.0)")
      }
    }
    #expect(count > 10)
  }

  /// Rows of tables can't be wrapped in Markdown, and are as long as they need to be.
  @Test func linesHaveAtMost120Columns() {
    for page in pages {
      for (index, line) in page.lines.enumerated() where !line.hasPrefix("|") {
        #expect(line.count <= 120, "\(page.path):\(index + 1) has \(line.count) columns")
      }
    }
  }
}

/// The index of the models, docs/model/README.md.
@Suite struct ModelIndexTests {
  private let tree: SourceTree
  private let pages: [MarkdownPage]
  private let rows: [[String]]

  init() throws {
    tree = try SourceTree.shared.get()
    let models = try tree.pages().filter { $0.path.hasPrefix("docs/model/") }
    rows = try #require(models.first { $0.path == "docs/model/README.md" }).rows
    pages = models.filter { $0.path != "docs/model/README.md" }
  }

  private func words(in cell: String) -> [Substring] { cell.matches(of: /`([^`]+)`/).map(\.1) }

  @Test func everyRowIsWhole() {
    #expect(rows.count > 30)
    for row in rows {
      #expect(row.count == 5 && row.allSatisfy { !$0.isEmpty }, "\(row)")
    }
  }

  @Test func everyFileIsThere() {
    let names = Set(tree.sources.compactMap { $0.path.split(separator: "/").last })
    for row in rows {
      #expect(!words(in: row[1]).isEmpty, "\(row[0])")
      for name in words(in: row[1]) { #expect(names.contains(name), "\(row[0]): \(name)") }
    }
  }

  /// The suites of the package, wherever they stand.
  private var suites: Set<Substring> {
    Set(
      tree.files.filter { $0.path.hasPrefix("Tests/") }.flatMap { file in
        file.text.components(separatedBy: "@Suite").dropFirst().compactMap { text in
          let words = text.prefix(200).split { " \n{:".contains($0) }
          let keyword = words.firstIndex { $0 == "struct" || $0 == "class" }
          return keyword.map { words[$0 + 1] }
        }
      })
  }

  @Test func everySuiteIsThere() {
    let suites = suites
    for row in rows {
      #expect(!words(in: row[3]).isEmpty, "\(row[0])")
      for name in words(in: row[3]) { #expect(suites.contains(name), "\(row[0]): \(name)") }
    }
  }

  @Test func everySuiteThatAPageNamesIsThere() {
    let suites = suites
    for page in pages {
      for (number, text) in page.prose {
        for name in text.matches(of: /`([A-Za-z]+Tests)`/).map(\.1) {
          #expect(suites.contains(name), "\(page.path):\(number): \(name)")
        }
      }
    }
  }

  /// A page of several models has a section for each; a page of one is that section.
  @Test func everyModelHasARowAndItsFourParts() {
    for page in pages {
      let headings = page.headings
      for heading in headings.count > 1 ? Array(headings.dropFirst()) : headings {
        let name = page.path.split(separator: "/").last ?? ""
        #expect(
          rows.contains { $0[0].hasPrefix("[\(heading)](\(name)#") }, "\(page.path): \(heading)")
        let text = page.section(heading)
        for part in ["Equation", "Source", "Holds", "Tests"] {
          #expect(text.contains("**\(part)"), "\(page.path): \(heading) has no \(part)")
        }
      }
    }
  }
}
