// SPDX-License-Identifier: GPL-3.0-or-later

public import Simulator
public import Traces
internal import Traffic

/// What the traces of a model hold, each read to its end.
public struct TraceSurveys: Sendable {
  public private(set) var all: [(file: String, survey: TraceSurvey)] = []

  /// Reads all of them, so that the error tells of each that is wrong.
  public init(of model: Model) throws(InvalidTraces) {
    var errors: [TraceError] = []
    for source in model.traffic {
      do throws(TraceError) {
        switch source {
        case .trace(let trace):
          all.append((trace.file, try TraceSurvey(of: trace, in: model)))
        case .roundTrips(let trace):
          all.append((trace.file, try TraceSurvey(of: trace, in: model)))
        case .listed, .generated: break
        }
      } catch {
        errors.append(error)
      }
    }
    guard errors.isEmpty else { throw InvalidTraces(errors: errors) }
  }
}

/// The first bad line of each trace that has one.
public struct InvalidTraces: Error, CustomStringConvertible {
  public let errors: [TraceError]

  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
