// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results
internal import Text
internal import YAMLReader

/// The tables of a study, made of its records: the same bytes, whatever run ended first and
/// however often the sweep was killed.
public struct StudyTables {
  private let plan: StudyPlan
  private let folder: StudyFolder
  private let index: RecordIndex
  private var study: Study { plan.study }

  public init(_ plan: StudyPlan, of folder: StudyFolder) throws {
    self.plan = plan
    self.folder = folder
    index = try folder.records(needsFolders: plan.study.keepsRuns)
  }

  /// Writes all tables, each complete before it takes the place of an older one.
  ///
  /// Gives the rows of the summary, as people are shown them; throws where the study names a metric
  /// that no run has, after all is written.
  public func write(mostShown: Int = StudySummary.screenful) throws -> StudySummary {
    let metrics = metrics()
    let schemas = StudySchemas(study, metrics: metrics)
    let turn = FolderTurn(of: folder.path)
    defer { turn.end() }
    do {
      let summary = try write(schemas, metrics, mostShown)
      try checkNames(metrics)
      return summary
    } catch let error as ResultsError {
      for schema in schemas.all { unlink(NewTable.hidden(schema, in: folder)) }
      throw error
    }
  }

  private func write(
    _ schemas: StudySchemas, _ metrics: [RunRecord.Metric], _ mostShown: Int
  ) throws -> StudySummary {
    var summary = StudySummary(study, mostShown: mostShown)
    var results = try NewTable(schemas.results, in: folder)
    var wide = try NewTable(schemas.wide, in: folder)
    var sums = try NewTable(schemas.summary, in: folder)
    var failures = try NewTable(schemas.failures, in: folder)
    for position in 0..<study.cellCount {
      let cell = CellResults(study.cell(position), of: plan, in: index)
      for entry in cell.runs {
        try write(entry.run, seed: entry.seed, of: cell.cell, to: &results.writer)
        try write(
          entry.run, entry.identity, seed: entry.seed, of: cell.cell, metrics, to: &wide.writer)
        if case .failed(let message) = entry.run {
          begin(cell.cell, seed: entry.seed, &failures.writer)
          failures.writer.append(message)
          try failures.writer.endRow()
        }
      }
      try summary.add(cell, to: &sums.writer)
    }
    try results.finish()
    try wide.finish()
    try sums.finish()
    try failures.finish()
    let package = DataPackage(title: study.name, tables: schemas.all)
    try WholeFile.write(
      package.json.prettyText, to: "\(folder.path)/\(DataPackage.file)",
      replacing: access("\(folder.path)/\(DataPackage.file)", F_OK) == 0)
    return summary
  }

  /// All metrics that runs of the study have, in the order of the first run that has them.
  private func metrics() -> [RunRecord.Metric] {
    var seen: Set<RunRecord.Metric> = []
    var lists: Set<[RunRecord.Metric]> = []
    var all: [RunRecord.Metric] = []
    for position in 0..<study.cellCount {
      for seed in 1...study.replications.most {
        guard let list = index.metrics(of: plan.identity(of: position, seed: seed)),
          lists.insert(list).inserted
        else { continue }
        all += list.filter { seen.insert($0).inserted }
      }
    }
    return all
  }

  private func checkNames(_ metrics: [RunRecord.Metric]) throws {
    guard let wanted = study.metrics, !metrics.isEmpty else { return }
    let known = metrics.map(\.name)
    if let unknown = wanted.first(where: { !known.contains($0) }) {
      throw UnknownMetric(unknown, among: known, in: "\(study.path): metrics")
    }
  }

  // MARK: - Rows

  /// The columns that say which run a row is of.
  private func begin(_ cell: Cell, seed: Int, _ writer: inout CSVWriter) {
    writer.append(plan.number(of: cell.position, seed: seed))
    writer.append(study.scenarios[cell.scenario].label)
    for label in study.labels(of: cell) { writer.append(label) }
    writer.append(seed)
  }

  private func write(
    _ run: CellResults.Run, seed: Int, of cell: Cell, to writer: inout CSVWriter
  ) throws {
    guard case .done(let record, let metrics) = run,
      case .done(_, let values) = record.outcome
    else { return }
    for (metric, value) in zip(metrics, values) {
      begin(cell, seed: seed, &writer)
      writer.append(metric.name)
      writer.append(value)
      writer.append(metric.unit)
      try writer.endRow()
    }
  }

  private func write(
    _ run: CellResults.Run, _ identity: RunIdentity, seed: Int, of cell: Cell,
    _ all: [RunRecord.Metric], to writer: inout CSVWriter
  ) throws {
    begin(cell, seed: seed, &writer)
    writer.append(run.word)
    if study.keepsRuns { writer.append("runs/\(identity.text)") }
    if case .done(let record, let metrics) = run,
      case .done(let digest, let values) = record.outcome
    {
      writer.append(Hexadecimal.text(of: digest, digits: 16))
      let known = Dictionary(zip(metrics, values), uniquingKeysWith: { first, _ in first })
      for metric in all { writer.append(known[metric] ?? .nan) }
    } else {
      for _ in 0...all.count { writer.appendAbsent() }
    }
    try writer.endRow()
  }
}

/// The turn of one process, or thread, to write the tables of a folder; others wait for theirs.
///
/// A file system without locks does without, and then nobody should make tables twice at once.
private struct FolderTurn {
  private let descriptor: Int32

  init(of folder: String) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    while descriptor >= 0, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  func end() {
    if descriptor >= 0 { close(descriptor) }
  }
}

/// A table that takes the place of an older one once it is complete.
private struct NewTable: ~Copyable {
  var writer: CSVWriter
  private let hidden: String
  private let path: String

  init(_ schema: TableSchema, in folder: StudyFolder) throws {
    hidden = Self.hidden(schema, in: folder)
    path = "\(folder.path)/\(schema.file)"
    unlink(hidden)
    writer = try CSVWriter(schema, to: FileOutput(creating: hidden))
  }

  /// What it is called until it is complete.
  static func hidden(_ schema: TableSchema, in folder: StudyFolder) -> String {
    "\(folder.path)/.\(schema.file).new"
  }

  consuming func finish() throws {
    try writer.close()
    guard rename(hidden, path) == 0 else { throw ResultsError(path: path, reason: .system(errno)) }
  }
}
