// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// The results folder of a run: its manifest, and the tables that are in it.
///
/// All that a page says is from there. The scenario file, its traces and the network need not be
/// where they were, as they must be to repeat the run.
struct RunFolder {
  let path: String
  private let manifest: JSONValue

  init(_ path: String) throws {
    self.path = path
    guard TableReader.exists("\(path)/\(Manifest.file)") else {
      throw PageError(path: path, reason: .noResults)
    }
    manifest = try JSONFile.read("\(path)/\(Manifest.file)")
    guard case .object? = manifest["scenario"]?.content else {
      throw PageError(path: path, reason: .noScenario)
    }
  }

  var name: String { manifest["name"]?.string ?? path }
  var version: String { manifest["version"]?.string ?? "" }
  var digest: String { manifest["digest"]?.string ?? "" }
  var seed: String { manifest["seed"]?.number.map { Digits.whole($0) } ?? "" }
  var events: Double { manifest["events"]?.number ?? .nan }
  /// How long the run is, in seconds.
  var end: Double { manifest["simulated_s"]?.number ?? 0 }
  /// The scenario with all its defaults.
  var scenario: JSONValue { manifest["scenario"] ?? manifest }

  /// What is worth reading first, as the run said it, each with its command.
  ///
  /// In English where the run is of a version that said it in English alone.
  func findings(in language: PageLanguage) -> [String] {
    (manifest["findings"]?.array ?? []).compactMap { finding in
      let chinese = language == .zh ? finding["text_zh"]?.string : nil
      let command = finding["command"]?.string
      if let chinese { return chinese + (command.map { "（\($0)）" } ?? "") }
      return finding["text"]?.string.map { $0 + (command.map { " (\($0))" } ?? "") }
    }
  }

  /// What the scenario asks for, as it says it.
  var outputs: [String] {
    scenario["outputs"]?.array.compactMap { $0.string ?? ($0["links"].map { _ in "links" }) } ?? []
  }

  /// A table; nil where the run did not write it.
  func table(_ name: String) throws -> TableReader? {
    try TableReader.path(of: name, in: path).map { try TableReader($0) }
  }

  func has(_ name: String) -> Bool {
    TableReader.path(of: name, in: path) != nil
  }

  /// The metrics of the summary in their order; not a number where there is none.
  func summary() throws -> [Metric] {
    guard let table = try table("summary") else { return [] }
    let (metric, value, unit) = (
      try table.column("metric"), try table.column("value"), try table.column("unit")
    )
    var all: [Metric] = []
    while try table.advance() {
      all.append(
        Metric(name: table.text(metric), value: try table.number(value), unit: table.text(unit)))
    }
    return all
  }

  struct Metric {
    var name: String
    var value: Double
    var unit: String
  }
}

/// A file of JSON as a tree.
enum JSONFile {
  static func read(_ path: String) throws -> JSONValue {
    let bytes = try WholeFile.contents(of: path)
    do throws(TextFault) {
      return try JSONValue(reading: UTF8Text(bytes))
    } catch {
      throw PageError(path: path, reason: .noJSON(found: error.found, expected: error.expected))
    }
  }
}

extension JSONValue {
  var string: String? {
    if case .string(let text) = content { return text }
    return nil
  }

  var number: Double? {
    if case .number(let value) = content { return value }
    return nil
  }

  /// The elements of a list; none of anything else.
  var array: [JSONValue] {
    if case .array(let all) = content { return all }
    return []
  }

  /// The same value, to be printed.
  var json: JSON {
    switch content {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .number(let value): .number(value)
    case .string(let text): .string(text)
    case .array(let all): .array(all.map(\.json))
    case .object(let members): .object(members.map { ($0.key, $0.value.json) })
    }
  }
}
