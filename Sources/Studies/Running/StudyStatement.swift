// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import Session
internal import Text
internal import YAMLReader

/// What `study.json` says of a study.
struct StudyStatement: Sendable {
  var name: String
  /// The file that the study was read from.
  var file: String
  var cells: Int
  /// The most seeds of a variant.
  var seeds: Int
  /// Whether each variant has all those seeds.
  var isFixed: Bool
  var axes: [(name: String, levels: [String])]
  var scenarios: [(label: String, path: String)]

  init(_ plan: StudyPlan) {
    let study = plan.study
    name = study.name
    file = study.path
    cells = study.cellCount
    seeds = study.replications.most
    if case .seeds = study.replications { isFixed = true } else { isFixed = false }
    axes = study.axes.map { ($0.name, $0.levels.map(\.label)) }
    scenarios = study.scenarios.map { ($0.label, $0.template.path) }
  }

  var json: JSON {
    .object([
      ("format", .integer(Int64(StudyFolder.format))),
      ("study", .string(name)),
      ("file", .string(file)),
      ("version", .string(Version.text)),
      ("cells", .integer(Int64(cells))),
      ("seeds", .integer(Int64(seeds))),
      ("seeds_are_fixed", .boolean(isFixed)),
      (
        "scenarios",
        .array(
          scenarios.map { .object([("label", .string($0.label)), ("file", .string($0.path))]) })
      ),
      (
        "axes",
        .array(
          axes.map {
            .object([
              ("name", .string($0.name)), ("values", .array($0.levels.map { .string($0) })),
            ])
          })
      ),
    ])
  }

  /// Reads what a sweep wrote.
  init(file path: String) throws {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems),
      case .mapping(let entries) = root.content
    else { throw UnreadableStudy(path: path, reason: problems.all.first?.text ?? "is no mapping") }
    func text(_ key: String) throws -> String {
      guard case .scalar(let scalar)? = entries.first(where: { $0.key == key })?.value.content
      else { throw UnreadableStudy(path: path, reason: "the key \(key) is missing") }
      return scalar.text
    }
    func number(_ key: String) throws -> Int {
      guard let number = Int(try text(key)) else {
        throw UnreadableStudy(path: path, reason: "\(key) is no whole number")
      }
      return number
    }
    let format = try number("format")
    guard format == StudyFolder.format else {
      throw UnreadableStudy(
        path: path,
        reason: "the folder has format \(format), expected \(StudyFolder.format); "
          + "another version of the program wrote it")
    }
    name = try text("study")
    file = try text("file")
    cells = try number("cells")
    seeds = try number("seeds")
    isFixed = try text("seeds_are_fixed") == "true"
    axes = Self.names(of: "axes", in: entries).map { ($0, []) }
    scenarios = []
  }
}

extension StudyStatement {
  /// The names of what a list has.
  private static func names(of key: String, in entries: [Node.Entry]) -> [String] {
    guard case .sequence(let nodes)? = entries.first(where: { $0.key == key })?.value.content
    else { return [] }
    return nodes.compactMap { node in
      guard case .mapping(let fields) = node.content,
        case .scalar(let name)? = fields.first(where: { $0.key == "name" })?.value.content
      else { return nil }
      return name.text
    }
  }
}

/// A `study.json` that is none, or of another version.
public struct UnreadableStudy: Error, CustomStringConvertible {
  let path: String
  let reason: String

  public var description: String { "\(path): \(reason)" }
}
