// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// A flow that the scenario file lists in place.
public struct ListedFlow: Sendable {
  public var name: String
  public var start: SimTime
  public var bytes: Bytes
  /// The position of its route in the model's table of routes.
  public var route: Int
  /// The position of its class in the model's table of classes.
  public var trafficClass: Int

  public init(name: String, start: SimTime, bytes: Bytes, route: Int, trafficClass: Int) {
    self.name = name
    self.start = start
    self.bytes = bytes
    self.route = route
    self.trafficClass = trafficClass
  }
}
