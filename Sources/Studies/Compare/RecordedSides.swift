// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results
internal import Text
internal import YAMLReader

/// What a path leads to that can be compared.
public enum ComparedKind: Sendable {
  case run, study, scenario

  /// Looks at what is there.
  public init(of path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      self = .scenario
      return
    }
    if TableReader.exists("\(path)/study.json") {
      self = .study
    } else if TableReader.exists("\(path)/\(Manifest.file)") {
      self = .run
    } else {
      throw IncomparableSides(
        "\(path): found a folder without \(Manifest.file) and without study.json; "
          + "expected the results of a run or of a study, or a scenario file")
    }
  }

  /// The kind that all paths are of.
  public static func common(of paths: [String]) throws -> ComparedKind {
    let kinds = try paths.map { try ComparedKind(of: $0) }
    guard let other = kinds.firstIndex(where: { $0 != kinds[0] }) else { return kinds[0] }
    throw IncomparableSides(
      "\(paths[0]) is \(kinds[0].words) and \(paths[other]) is \(kinds[other].words); "
        + "expected all of one kind")
  }

  private var words: String {
    switch self {
    case .run: "the folder of a run"
    case .study: "the folder of a study"
    case .scenario: "a file, taken for a scenario"
    }
  }
}

extension ComparedSide {
  /// Reads the results folder of a run.
  public init(run path: String) throws {
    let manifest = try RecordFields(file: "\(path)/\(Manifest.file)")
    let seed = try manifest.text("seed")
    let digest = try manifest.text("digest")
    guard TableReader.exists("\(path)/\(SummaryTable.schema.file)") else {
      throw IncomparableSides(
        "\(path) has no \(SummaryTable.schema.file); its scenario leaves summary out of outputs")
    }
    let summary = try TableReader("\(path)/\(SummaryTable.schema.file)")
    let (name, value, unit) = (
      try summary.column("metric"), try summary.column("value"), try summary.column("unit")
    )
    var metrics: [ComparedMetric] = []
    var values: [Double] = []
    while try summary.advance() {
      metrics.append(ComparedMetric(summary.text(name), unit: summary.text(unit)))
      values.append(try summary.number(value))
    }
    let run = ComparedRun(seed: UInt64(seed) ?? 0, digest: digest, values: values)
    let about =
      "\(try manifest.text("name")), seed \(seed), digest \(digest), "
      + "version \(try manifest.text("version"))"
    self.init(
      name: path, about: about, metrics: metrics, variants: [ComparedVariant(runs: [run])])
    isRun = true
    findings = try manifest.list("findings").map { finding in
      let command = try finding.text("command")
      return RunFinding(
        kind: try finding.text("kind"), text: try finding.text("text"),
        command: command == "null" ? nil : command.replacing("RUN", with: path, maxReplacements: 1))
    }
  }

  /// Reads the tables of a study's folder, and its records where they are there.
  public init(study path: String) throws {
    let folder = StudyFolder(path)
    guard let statement = try folder.statement() else { throw NoStudyFolder(path: folder.path) }
    guard TableReader.exists("\(path)/wide.csv") else {
      throw IncomparableSides(
        "\(path) has no wide.csv yet; run its sweep to the end, without --shard")
    }
    let records = try RecordedRuns(folder, statement)
    let table = try StudyRuns(
      TableReader("\(path)/wide.csv"), units: try Self.units(in: path), records: records)
    let lacking = table.lacking
    var notes: [String] = []
    if lacking > 0 {
      notes.append(
        "\(path) lacks \(counted(lacking, "run")) of its study, which failed or are missing")
    }
    if records == nil { notes.append("\(path) has no records: its tables are taken as they are") }
    self.init(
      name: path,
      about: "study \(statement.name), \(counted(table.variants.count, "variant")), "
        + counted(table.runs, "run"), axes: table.axes, metrics: table.metrics,
      variants: table.variants, notes: notes)
  }

  /// The units of metrics, as the data package states them.
  private static func units(in path: String) throws -> [String: String] {
    let package = try RecordFields(file: "\(path)/\(DataPackage.file)")
    var units: [String: String] = [:]
    for resource in package.list("resources") where (try? resource.text("path")) == "wide.csv" {
      for field in resource.inner("schema")?.list("fields") ?? [] {
        units[try field.text("name")] = try? field.text("unit")
      }
    }
    return units
  }
}
