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
  /// The instant by which its last byte is to be there.
  public var deadline: SimTime?

  public init(
    name: String, start: SimTime, bytes: Bytes, route: Int, trafficClass: Int,
    deadline: SimTime? = nil
  ) {
    self.name = name
    self.start = start
    self.bytes = bytes
    self.route = route
    self.trafficClass = trafficClass
    self.deadline = deadline
  }
}
