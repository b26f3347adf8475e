// SPDX-License-Identifier: GPL-3.0-or-later
public import Traces

/// One entry of a scenario's traffic.
public enum TrafficSource: Sendable {
  /// Flows written in the scenario file, in order of their start.
  case listed([ListedFlow])
  /// Flows read from a CSV file while the run goes on.
  case trace(TraceSource)
  /// Requests or jobs read from a file while the run goes on.
  case roundTrips(RoundTripTrace)
  /// Flows drawn at random.
  case generated(Generator)
}

extension TrafficSource {
  /// Whether its flows have routes that the model does not list.
  public var findsRoutesInRun: Bool {
    switch self {
    case .trace: true
    case .generated(let generator): generator.ends != nil
    case .listed, .roundTrips: false
    }
  }
}

/// A CSV file of flows, and the class of those that name none.
public struct TraceSource: Sendable {
  public var file: String
  public var trafficClass: Int
  /// What its counts stand under in the summary; nil where they are not listed.
  public var name: String?
  public var options: TraceOptions

  public init(
    file: String, trafficClass: Int, name: String? = nil, options: TraceOptions = TraceOptions()
  ) {
    self.file = file
    self.trafficClass = trafficClass
    self.name = name
    self.options = options
  }
}
