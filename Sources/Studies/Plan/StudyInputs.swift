// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Locks
internal import Results
internal import Scenario

/// The files that the runs of a study read, each looked at once and the same for all runs.
///
/// A study whose files change while it runs would compare runs of different scenarios: a run that
/// reads something else than the first one fails. After the first look the signs of a file tell: its
/// length, its time and its number.
public final class StudyInputs: Sendable {
  private struct Entry {
    var fingerprint: FileFingerprint
    var state: FileSigns
  }

  private let known = Guarded<[String: Entry]>([:])

  /// Begins with what is known of files, such as an earlier sweep has written down.
  init(known: [(path: String, fingerprint: FileFingerprint)] = []) {
    self.known.withLock { entries in
      for (path, fingerprint) in known {
        guard let signs = FileSigns(path) else { continue }
        entries[path] = Entry(fingerprint: fingerprint, state: signs)
      }
    }
  }

  /// All files that are known, by their paths.
  var all: [(path: String, fingerprint: FileFingerprint)] {
    known.withLock { known in
      known.map { ($0.key, $0.value.fingerprint) }.sorted { $0.0 < $1.0 }
    }
  }

  /// All files that were looked at, in order.
  public var paths: [String] { known.withLock { $0.keys.sorted() } }

  /// What is in the files of a scenario, as part of its identity.
  func describe(_ loaded: LoadedScenario) throws -> [String] {
    try loaded.inputs.enumerated().map { index, path in
      let fingerprint = try fingerprint(of: path)
      if let record = loaded.recordsAtLoad[index], record.fingerprint != fingerprint {
        throw ChangedStudyInput(path: path)
      }
      return "\(fingerprint.bytes) \(fingerprint.hash)"
    }
  }

  private func fingerprint(of path: String) throws -> FileFingerprint {
    if let entry = known.withLock({ $0[path] }) { return entry.fingerprint }
    let signs = FileSigns(path)
    guard let read = try FileFingerprint.read(path), let signs else {
      throw UnrepeatableInput(path: path)
    }
    return known.withLock { known in
      // Another thread may have been first; what it read is what counts.
      let entry = known[path] ?? Entry(fingerprint: read, state: signs)
      known[path] = entry
      return entry.fingerprint
    }
  }

  /// Checks that the files of a scenario are still what they were, after a run has read them.
  func check(_ loaded: LoadedScenario) throws(ChangedStudyInput) {
    for path in loaded.inputs {
      guard let entry = known.withLock({ $0[path] }) else { continue }
      guard FileSigns(path) == entry.state else { throw ChangedStudyInput(path: path) }
    }
  }
}

/// The signs that a file was written to.
private struct FileSigns: Equatable {
  var bytes: Int
  var seconds: Int
  var nanoseconds: Int
  var number: UInt

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (bytes, number) = (Int(status.st_size), UInt(status.st_ino))
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}

/// A file that changed while the study ran.
public struct ChangedStudyInput: Error, CustomStringConvertible {
  public let path: String

  public var description: String {
    "\(path) changed while the study ran; its runs would not be of one scenario"
  }
}

/// A file that can be read once only.
public struct UnrepeatableInput: Error, CustomStringConvertible {
  public let path: String

  public var description: String {
    "\(path) is no regular file; a study reads each of its files many times"
  }
}
