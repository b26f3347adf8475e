// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import Light
public import Simulator

// Requests for lightpaths of a run that is lived through once more.

extension Replay {
  /// Watches a request until it is known what became of it and, where it was blocked, until it would
  /// be served; nil where none of that name is made.
  public func account(
    ofRequest name: String, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> RequestAccount? {
    let run = try Run(model, watching: .request(name))
    try Drive(of: run).live(watch, until: { $0.isRequestTold })
    return run.requestAccount
  }

  /// How long the run is at most, as far as the scenario says so.
  public var span: SimDuration { model.duration ?? SimDuration(nanoseconds: .max) }

  /// Names that requests have, as far as the scenario says them: of a generator the first alone.
  public var requestNames: [String] {
    model.light.requests.flatMap { source in
      switch source {
      case .listed(let listed): listed.map(\.name)
      case .generated(let generator): ["\(generator.name)-1"]
      }
    }
  }
}
