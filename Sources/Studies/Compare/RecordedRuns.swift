// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// The records of a study's folder beside its tables: what runs gave is taken from them.
///
/// Tables are made of the records each time a sweep ends, and may be older than they are, or have been
/// changed since. Each row of `wide.csv` has the number of its run, and so of its variant in `plan.txt`.
struct RecordedRuns {
  private let folder: StudyFolder
  private let statement: StudyStatement
  private let plan: PlanFile
  private let index: RecordIndex

  /// Nil where a folder has its tables alone.
  init?(_ folder: StudyFolder, _ statement: StudyStatement) throws {
    guard let plan = folder.planFile(), plan.variants.count == statement.cells,
      folder.exists(folder.recordsPath)
    else { return nil }
    self.folder = folder
    self.statement = statement
    self.plan = plan
    index = try folder.records()
  }

  // MARK: - The table as a whole

  /// Checks that the table has the axes of the study as it is.
  func check(axes: [String]) throws {
    let expected = statement.axes.map(\.name)
    guard axes == expected else {
      throw OldTables(
        folder, statement, "found the axes \(listed(axes)), expected \(listed(expected))")
    }
  }

  /// Checks that the table has all runs of the study as it is; a rule leaves their number open.
  func check(rows: Int) throws {
    let expected = statement.cells * statement.seeds
    guard !statement.isFixed || rows == expected else {
      throw OldTables(
        folder, statement, "found \(counted(rows, "row")), expected \(expected)")
    }
  }

  private func listed(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ", ")
  }

  // MARK: - One row

  /// What the records say of a row's run, which may be done since; nil where it is not.
  ///
  /// Throws where the row says something else.
  func checked(
    _ row: ComparedRun?, run: String, seed: String, metrics: [ComparedMetric]
  ) throws -> ComparedRun? {
    guard let number = Int(run), number >= 1, number <= statement.cells * statement.seeds,
      let wanted = Int(seed), (number - 1) % statement.seeds == wanted - 1
    else { throw OldTables(folder, statement, "run \(run) with seed \(seed) is none of its runs") }
    let variant = plan.variants[(number - 1) / statement.seeds]
    let known = index.record(RunIdentity(variant: variant, seed: UInt64(wanted)))
    guard let known, case .done(let digest, let values) = known.record.outcome else {
      guard row == nil else {
        throw OldTables(folder, statement, "run \(run) is done there, and is not in the records")
      }
      return nil
    }
    let byName = Dictionary(
      zip(known.metrics.map(\.name), values), uniquingKeysWith: { first, _ in first })
    let found = ComparedRun(
      seed: UInt64(wanted), digest: Hexadecimal.text(of: digest, digits: 16),
      values: metrics.map { byName[$0.name] ?? .nan })
    if let row { try check(row, found, run, metrics) }
    return found
  }

  private func check(
    _ row: ComparedRun, _ found: ComparedRun, _ run: String, _ metrics: [ComparedMetric]
  ) throws {
    guard row.digest == found.digest else {
      throw OldTables(
        folder, statement,
        "run \(run) has the digest \(row.digest) there, and \(found.digest) in the records")
    }
    for (metric, (old, new)) in zip(metrics, zip(row.values, found.values))
    where old != new && !(old.isNaN && new.isNaN) {
      throw ChangedTable(
        path: folder.widePath, run: run, metric: metric.name, found: old, expected: new)
    }
  }
}

extension StudyFolder {
  var widePath: String { "\(path)/wide.csv" }
}

/// Tables that are of another state of a study than its records.
public struct OldTables: Error, CustomStringConvertible {
  public let description: String

  init(_ folder: StudyFolder, _ statement: StudyStatement, _ found: String) {
    description =
      "\(folder.widePath) is older than the records of its study, or was changed: \(found); "
      + "make it anew: cpnsim sweep \(statement.file) --out \(folder.path) --gather"
  }
}

/// A table in which a run that was not done otherwise has other values.
public struct ChangedTable: Error, CustomStringConvertible {
  let path: String
  let run: String
  let metric: String
  let found: Double
  let expected: Double

  public var description: String {
    "\(path): run \(run): found \(found) for \(metric), expected \(expected) as in the records; "
      + "the table was changed"
  }
}
