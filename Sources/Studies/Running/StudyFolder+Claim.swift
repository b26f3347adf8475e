// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results
internal import Text

// How a folder becomes that of a study, whoever else is at it and whenever the process ends.
//
// `study.json` is what makes it so, and comes first: a link gives the whole file its name, and fails
// where somebody has it. Each process looks, tries, and looks again, so that of any number that begin
// at once one makes the file and all find it. The rest is written by each of them alike, every file
// complete before it has its name. A process that ends on the way leaves nothing, an empty folder, or
// one of ours that lacks something, and the next one goes on from each.

extension StudyFolder {
  /// How often one process looks again; each time another one has been there in between.
  private static let mostAttempts = 100

  /// Makes the folder, or finds it as an earlier sweep of the same study left it.
  func prepare(for plan: StudyPlan) throws {
    try claim(for: plan)
    try keep(PlanFile(plan).text, at: planPath)
    try keep(StudyStatement(plan).json.prettyText, at: statementPath)
    try WholeFile.makeFolder(of: "\(recordsPath)/")
  }

  /// Makes sure that the folder says of which study it is.
  private func claim(for plan: StudyPlan) throws {
    let text = StudyStatement(plan).json.prettyText
    for attempt in 1...Self.mostAttempts {
      if let statement = try statement() {
        guard statement.name == plan.study.name else {
          throw OtherStudy(path: path, found: statement.name, expected: plan.study.name)
        }
        return
      }
      guard mayBeTaken else {
        if exists(statementPath) { continue }
        throw NoStudyFolder(path: path)
      }
      try WholeFile.makeFolder(of: statementPath)
      try write(text, to: statementPath, replacing: false, maySeeAnother: attempt)
    }
  }

  /// Writes a file unless it says the same already: all tasks of a cluster come here at once.
  private func keep(_ text: String, at path: String) throws(ResultsError) {
    for attempt in 1...Self.mostAttempts {
      if let bytes = try? WholeFile.contents(of: path), bytes.elementsEqual(text.utf8) { return }
      try write(text, to: path, replacing: true, maySeeAnother: attempt)
    }
  }

  /// Writes a file; where another process was at it, and it is not yet the last attempt, it may not
  /// have been, and the caller looks again.
  private func write(
    _ text: String, to path: String, replacing replaces: Bool, maySeeAnother attempt: Int
  ) throws(ResultsError) {
    do throws(ResultsError) {
      try WholeFile.write(text, to: path, replacing: replaces)
    } catch {
      guard error.isOfAnother, attempt < Self.mostAttempts else { throw error }
    }
  }

  // MARK: - Whose a folder is

  /// Whether a folder without a statement is missing, empty, or one of ours that was not finished.
  private var mayBeTaken: Bool {
    Partials.names(in: path).allSatisfy { name in
      switch name {
      case "records": holdsRecordsAlone
      case "plan.txt": planIsOurs
      default: name.hasPrefix(".study.json.partial-") || name.hasPrefix(".plan.txt.partial-")
      }
    }
  }

  private var holdsRecordsAlone: Bool {
    var status = stat()
    return stat(recordsPath, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      && Partials.names(in: recordsPath).allSatisfy { $0.hasSuffix(".records") }
  }

  /// Its first line says so, whatever is behind it.
  private var planIsOurs: Bool {
    guard let bytes = try? WholeFile.contents(of: planPath) else { return false }
    return bytes.starts(with: PlanFile.head.utf8)
  }
}

extension ResultsError {
  /// Whether it tells of another process: one that made the file meanwhile, or, where it sees neither
  /// our number nor our lock, took what was half written for left over.
  fileprivate var isOfAnother: Bool {
    reason == .fileExists || reason == .system(ENOENT)
  }
}
