// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What a benchmark simulates: links, the paths over them, and flows in order of arrival.
public struct Workload: Sendable {
  public struct Flow: BitwiseCopyable, Sendable {
    public var arrival: SimTime
    /// A whole number.
    public var bytes: Double
    /// The position of its path in `paths`.
    public var path: Int

    public init(arrival: SimTime, bytes: Double, path: Int) {
      self.arrival = arrival
      self.bytes = bytes
      self.path = path
    }
  }

  public var name: String
  /// The capacity of each link in bits per second.
  public var capacities: [Double]
  public var paths: [[Int]]
  public var flows: [Flow]

  public init(name: String, capacities: [Double], paths: [[Int]], flows: [Flow]) {
    self.name = name
    self.capacities = capacities
    self.paths = paths
    self.flows = flows
  }
}
