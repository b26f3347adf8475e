// SPDX-License-Identifier: GPL-3.0-or-later

public import Scenario
public import Simulator

/// Some events of a run in their order.
public struct EventWindow: Sendable {
  /// How many events are passed over.
  public var after: Int
  /// How many there are at most.
  public var count: Int

  private static let stride = 4096

  public init(after: Int, count: Int) {
    self.after = after
    self.count = count
  }

  /// Runs up to the end of the window; `watch` says now and then whether to go on.
  public func events(
    of loaded: LoadedScenario, _ watch: () -> Bool = { true }
  ) throws -> [DigestedEvent] {
    let run = try SteppedRun(loaded)
    var events: [DigestedEvent] = []
    var steps = 0
    while events.count < count {
      let more = try run.step(after: after) {
        if events.count < count { events.append($0) }
      }
      guard more else { break }
      steps += 1
      if steps.isMultiple(of: Self.stride), !watch() { throw StoppedRun(progress: run.progress) }
    }
    return events
  }
}
