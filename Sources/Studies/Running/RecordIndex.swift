// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// The runs that have ended, of all files of records of a study.
public struct RecordIndex: Sendable {
  private let files: [Records]
  private var places: [RunIdentity: (file: Int, entry: Records.Entry)] = [:]

  /// `isKept` tells of runs that are done whether what they left is still there.
  init(_ files: [Records], isKept: (RunIdentity) -> Bool = { _ in true }) {
    self.files = files
    for (number, file) in files.enumerated() {
      for entry in file.entries {
        // A run that failed once and was done later is done, and one that trapped has trapped.
        let known = places[entry.identity]?.entry.kind ?? .failed
        if known != .failed, !entry.isDone { continue }
        if entry.isDone, !isKept(entry.identity) { continue }
        places[entry.identity] = (number, entry)
      }
    }
  }

  /// The names of all metrics that any run has.
  var metricNames: [String] { files.flatMap { $0.metrics.values.joined().map(\.name) } }

  /// Nil where the run has not ended yet.
  func isDone(_ identity: RunIdentity) -> Bool? { places[identity]?.entry.isDone }

  /// Whether a run has ended the process, so that no sweep begins it again.
  func isTrapped(_ identity: RunIdentity) -> Bool { places[identity]?.entry.kind == .trapped }

  /// Whether nothing more is to be done for a run.
  func isSettled(_ identity: RunIdentity) -> Bool {
    switch places[identity]?.entry.kind {
    case .done, .trapped: true
    default: false
    }
  }

  /// How long a run took.
  func seconds(of identity: RunIdentity) -> Double? {
    places[identity].flatMap { files[$0.file].seconds(of: $0.entry) }
  }

  /// What came of a run, and its metrics.
  func record(_ identity: RunIdentity) -> (record: RunRecord, metrics: [RunRecord.Metric])? {
    guard let place = places[identity], let found = files[place.file].record(place.entry)
    else { return nil }
    return (found.record, files[place.file].metrics[found.metrics] ?? [])
  }

  /// The metrics of a run that is done; nil for any other.
  func metrics(of identity: RunIdentity) -> [RunRecord.Metric]? {
    guard let place = places[identity], place.entry.isDone else { return nil }
    return files[place.file].metrics(of: place.entry)
  }
}
