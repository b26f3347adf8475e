// SPDX-License-Identifier: GPL-3.0-or-later
public import Traffic

/// Token traffic of a model, and which of its demands carry each stream.
public struct TokenModel: Sendable {
  public let plan: TokenPlan
  /// By stream: the positions of its demands in the model; nil where it stays at its place.
  let carriers: [Carriers?]

  struct Carriers: Sendable {
    var up: Int
    var down: Int
  }

  /// Puts what crosses the network behind the demands that are there already.
  public init(_ plan: TokenPlan, appendingTo demands: inout [Demand]) {
    self.plan = plan
    var carriers: [Carriers?] = []
    for stream in plan.streams {
      guard let (up, down) = plan.demands(of: stream) else {
        carriers.append(nil)
        continue
      }
      carriers.append(Carriers(up: demands.count, down: demands.count + 1))
      demands += [up, down]
    }
    self.carriers = carriers
  }
}
