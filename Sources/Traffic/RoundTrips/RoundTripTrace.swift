// SPDX-License-Identifier: GPL-3.0-or-later
public import Traces

/// A trace of requests or jobs, with what each of its rows moves, and between which nodes.
///
/// A row is a round trip: bytes go to the node that serves it, and when they have arrived, at once
/// or after the run time of a job, bytes come back.
public struct RoundTripTrace: Sendable {
  public typealias Format = WorkFormat

  /// Its random streams and its flows are named after it, and so are its counts.
  public var name: String
  public var file: String
  public var format: Format
  public var options: TraceOptions
  public var trafficClass: Int
  public var bytes: RoundTripBytes
  public var places: RoundTripPlaces

  public init(
    name: String, file: String, format: Format, options: TraceOptions, trafficClass: Int,
    bytes: RoundTripBytes, places: RoundTripPlaces
  ) {
    self.name = name
    self.file = file
    self.format = format
    self.options = options
    self.trafficClass = trafficClass
    self.bytes = bytes
    self.places = places
  }
}

/// How many bytes go there and come back, for each of what a row counts.
public struct RoundTripBytes: Equatable, Sendable {
  public enum Basis: Sendable {
    /// Tokens in for what goes there, tokens out for what comes back.
    case token
    case job
    case processor
  }

  public var basis: Basis
  public var input: Double
  public var output: Double

  public init(per basis: Basis, input: Double, output: Double) {
    self.basis = basis
    self.input = input
    self.output = output
  }
}

/// Where round trips come from and where they are served, each place with its weight.
public struct RoundTripPlaces: Equatable, Sendable {
  /// The positions of two routes in the model's table.
  public struct Pair: Equatable, Sendable {
    public var there: Int
    public var back: Int

    public init(there: Int, back: Int) {
      self.there = there
      self.back = back
    }
  }

  public var from: [Double]
  public var to: [Double]
  /// By the position of the source times the number of targets plus that of the target; nil where
  /// both are the same node.
  public var pairs: [Pair?]

  public init(from: [Double], to: [Double], pairs: [Pair?]) {
    precondition(pairs.count == from.count * to.count, "there is an entry for each pair")
    self.from = from
    self.to = to
    self.pairs = pairs
  }
}
