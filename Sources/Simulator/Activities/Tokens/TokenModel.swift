// SPDX-License-Identifier: GPL-3.0-or-later
public import Traffic

/// Token traffic of a model, and which of its demands carry each stream.
public struct TokenModel: Sendable {
  public let plan: TokenPlan
  /// By stream: the positions of its demands in the model, a pair for each node of its site; none
  /// where it stays at its place.
  let carriers: [[Carriers]]

  struct Carriers: Sendable {
    var up: Int
    var down: Int
  }

  /// Puts what crosses the network behind the demands that are there already.
  public init(_ plan: TokenPlan, appendingTo demands: inout [Demand]) {
    self.plan = plan
    var carriers: [[Carriers]] = []
    for stream in plan.streams {
      var ways: [Carriers] = []
      for (up, down) in plan.demands(of: stream) {
        ways.append(Carriers(up: demands.count, down: demands.count + 1))
        demands += [up, down]
      }
      carriers.append(ways)
    }
    self.carriers = carriers
  }
}
