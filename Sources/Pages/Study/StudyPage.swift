// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results
internal import Text

/// A study as one page: each metric by its variants, with intervals and maps of two axes.
///
/// It is made of study.json and summary.csv, so that a study that still goes on has a page too.
public struct StudyPage {
  private let path: String
  private let words: Wording
  private let statement: JSONValue
  private let table: StudySummaryTable

  public init(of path: String, in language: PageLanguage) throws {
    self.path = path
    words = Wording(language)
    statement = try JSONFile.read("\(path)/study.json")
    let axes = statement["axes"]?.array.compactMap { $0["name"]?.string } ?? []
    guard let reader = try Self.summary(in: path) else {
      throw PageError(path: path, reason: .noSummary)
    }
    table = try StudySummaryTable(reader, axes: axes)
  }

  /// Whether a folder is that of a study.
  public static func isStudy(_ path: String) -> Bool { TableReader.exists("\(path)/study.json") }

  private static func summary(in path: String) throws -> TableReader? {
    let file = "\(path)/summary.csv"
    return TableReader.exists(file) ? try TableReader(file) : nil
  }

  public var text: String {
    get throws {
      let name = statement["study"]?.string ?? path
      let about = words.filled(
        "head.study", "\(table.runs)", "\(table.wanted)", "\(table.labels.count)")
      var sections = [results]
      if let failures = try failures() { sections.append(failures) }
      sections.append(assumptions)
      var document = PageDocument(title: name, about: about, words: words, sections: sections)
      document.add("end", .number(0))
      document.add("step", .number(1))
      document.add("scenario", statement.json)
      return document.text
    }
  }

  private var results: Section {
    var parts: [Part] = []
    if table.runs < table.wanted {
      parts.append(.text(words.filled("study.lacks", "\(table.wanted - table.runs)")))
    }
    if table.labels.isEmpty {
      parts.append(.text(words["study.none"]))
    } else {
      parts.append(table.part(words))
    }
    return Section(id: "results", title: words["study.results"], parts: parts)
  }

  private func failures() throws -> Section? {
    let file = "\(path)/failures.csv"
    guard TableReader.exists(file) else { return nil }
    let table = try TableReader(file)
    var rows: [[JSON]] = []
    while try table.advance(), rows.count < 50 {
      rows.append(table.columns.indices.map { .string(table.text($0)) })
    }
    guard !rows.isEmpty else { return nil }
    let columns = table.columns.map { Part.TableColumn($0) }
    return Section(
      id: "failures", title: words["study.failures"],
      parts: [.table("failures", "", columns, rows)])
  }

  private var assumptions: Section {
    Section(
      id: "assumptions", title: words["study.about"], parts: [Part("tree", [])])
  }
}
