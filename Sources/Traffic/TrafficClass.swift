// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// The terms on which flows share bandwidth: a weight, a floor, a ceiling and a priority.
public struct TrafficClass: Equatable, Sendable {
  public var name: String
  /// The share of a flow in relation to its neighbours on a full link; greater than 0.
  public var weight: Double
  /// What a flow gets before the rest is shared by weight.
  public var floor: BitsPerSecond
  /// What a flow never exceeds.
  public var ceiling: BitsPerSecond
  /// Classes of a higher number are served first, strictly.
  public var priority: Int
  public var onFailure: FailureResponse
  /// The time after which flows answer to a link that is down.
  public var patience: SimDuration
  /// How the ends of a flow answer to loss and delay.
  public var transport: Transport
  /// Whether it has the terms of a tier of elastic flows; no other flow may have them.
  public var isTier = false

  public init(
    name: String, weight: Double = 1, floor: BitsPerSecond = .zero,
    ceiling: BitsPerSecond = .unlimited, priority: Int = 0,
    onFailure: FailureResponse = .wait, patience: SimDuration = TrafficClass.standardPatience,
    transport: Transport = .ideal
  ) {
    self.name = name
    self.weight = weight
    self.floor = floor
    self.ceiling = ceiling
    self.priority = priority
    self.onFailure = onFailure
    self.patience = patience
    self.transport = transport
  }

  /// Twice what protection in the light needs to switch, so that it is given its chance first.
  public static let standardPatience = SimDuration(nanoseconds: 100_000_000)

  /// The class of every flow that names none.
  public static let standard = TrafficClass(name: "default")
}
