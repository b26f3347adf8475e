// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results
internal import YAMLReader

/// The folder of a study: what its runs gave, and the tables that are made of it.
///
///     study.json       which study it is
///     plan.txt         the fingerprint of each variant, and of the files they read
///     records/         one line a run that has ended, a file for each shard
///     results.csv ...  made of the records, each time a sweep ends
///     runs/            the folders of runs, with keep: runs
public struct StudyFolder: Sendable {
  public let path: String

  /// Moves when what is in the folder changes its meaning.
  static let format = 1

  var planPath: String { "\(path)/plan.txt" }
  var statementPath: String { "\(path)/study.json" }
  var recordsPath: String { "\(path)/records" }

  public init(_ path: String) {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path.removeLast() }
    self.path = String(path)
  }

  /// Makes sure that an earlier sweep of the study has made the folder.
  public func require(_ plan: StudyPlan) throws {
    guard try statement() != nil else { throw NoStudyFolder(path: path) }
    try prepare(for: plan)
  }

  /// Makes the folder before its tasks are submitted, and one for what an engine writes.
  public func prepare(for plan: StudyPlan, engine name: String) throws -> String {
    try prepare(for: plan)
    let folder = "\(path)/\(name)"
    try WholeFile.makeFolder(of: "\(folder)/")
    return folder
  }

  /// What the folder says of itself; nil where it says nothing.
  func statement() throws -> StudyStatement? {
    guard exists(statementPath) else { return nil }
    return try StudyStatement(file: statementPath)
  }

  func recordFile(of shard: Shard) throws -> RecordFile {
    try RecordFile(at: "\(recordsPath)/\(shard.fileName)")
  }

  /// All runs that have ended; with `needsFolders` only those whose folder is there.
  public func records(needsFolders: Bool = false) throws -> RecordIndex {
    let files = Partials.names(in: recordsPath).filter { $0.hasSuffix(".records") }.sorted()
    return RecordIndex(try files.map { try Records(file: "\(recordsPath)/\($0)") }) { run in
      !needsFolders || exists(runPath(run))
    }
  }

  /// The folder that a run writes with `keep: runs`.
  func runPath(_ identity: RunIdentity) -> String { "\(path)/runs/\(identity.text)" }

  /// The plan of the last sweep; nil where there is none that can be read.
  func planFile() -> PlanFile? {
    guard let bytes = try? WholeFile.contents(of: planPath) else { return nil }
    return PlanFile(String(decoding: bytes, as: UTF8.self))
  }

  func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }
}

/// A folder that is there and has no study in it.
public struct NoStudyFolder: Error, CustomStringConvertible {
  public let path: String

  public var description: String {
    "\(path) has no study.json: found no folder, or one of something else, expected that of a study"
  }
}

/// A folder that another study has.
public struct OtherStudy: Error, CustomStringConvertible {
  public let path: String
  let found: String
  let expected: String

  public var description: String {
    "\(path) holds the study \(Node.quoted(found)), and not \(Node.quoted(expected)); "
      + "choose another --out"
  }
}
