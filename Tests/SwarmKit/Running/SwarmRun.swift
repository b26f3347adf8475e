// SPDX-License-Identifier: GPL-3.0-or-later
internal import FlowMath
internal import Results
internal import Scenario
internal import Simulator
internal import TestSupport
internal import YAMLReader

/// Why there is nothing to check.
enum SwarmError: Error {
  /// The scenario was not taken, though it is drawn so that it should be.
  case refused(String)
  /// The run stopped with an error.
  case failed(String)
  /// It is larger than the swarm cares for.
  case tooLong
  case noFolder
}

/// A run of the swarm: what came of it, and the very bytes of its tables.
struct SwarmRun {
  let model: Model
  let outcome: RunOutcome
  /// By the name of the table.
  let bytes: [String: [UInt8]]
  let tables: [String: Table]
  /// The scenario with its defaults filled in.
  let resolved: String

  /// More than any scenario here needs; one that goes on for ever is found.
  static let mostEvents = 400_000

  /// Runs a scenario file; `instants` is the stride of its loop, which must change nothing, and neither
  /// must the way in which links are shared.
  init(
    file: String, folder: String, instants: Int = 512, sharing: SharingWay = .asMeasured
  ) throws(SwarmError) {
    let loaded: LoadedScenario
    do throws(ScenarioErrors) {
      loaded = try ScenarioFile.load(path: file)
    } catch {
      throw .refused(error.description)
    }
    var model = loaded.model
    model.sharing = sharing
    self.model = model
    resolved = loaded.resolvedJSON
    Scratch.remove(folder)
    do {
      let results = try ResultsFolder(at: folder)
      let run = try Run(model, writing: RunTables(model.outputs, in: results))
      while try run.advance(instants: instants) {
        if run.events > SwarmRun.mostEvents {
          results.discard()
          throw SwarmError.tooLong
        }
      }
      outcome = try run.finish()
      try results.commit()
    } catch let error as SwarmError {
      throw error
    } catch {
      throw .failed("\(error)")
    }
    (bytes, tables) = SwarmRun.read(folder)
    Scratch.remove(folder)
  }

  private static func read(_ folder: String) -> ([String: [UInt8]], [String: Table]) {
    var bytes: [String: [UInt8]] = [:]
    var tables: [String: Table] = [:]
    for name in fileNames(in: folder) where name.hasSuffix(".csv") {
      let key = String(name.dropLast(4))
      bytes[key] = TestSupport.bytes(ofFile: "\(folder)/\(name)")
      tables[key] = bytes[key].flatMap { Table(name: key, bytes: $0) }
    }
    return (bytes, tables)
  }

  /// A metric of the summary; nil where it is not there or empty.
  func metric(_ name: String) -> Double? {
    outcome.summary.rows.first { $0.metric == name }.flatMap { $0.value.isNaN ? nil : $0.value }
  }

  func rows(_ table: String) -> [Table.Row] { tables[table]?.all ?? [] }

  /// Whether a table was written.
  func has(_ table: String) -> Bool { tables[table] != nil }
}
