// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import NetworkModel
public import Simulator

// Links of a run that is lived through once more.

extension Replay {
  /// Looks at a link at an instant, or when it was full for longest; nil where there is none of that
  /// name.
  public func account(
    ofLink name: String, at instant: SimTime?, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> LinkAccount? {
    guard let link = link(name) else { return nil }
    let instant = try instant ?? fullestInstant(of: link, watch)
    let run = try Run(model, watching: .link(link))
    try Drive(of: run).live(watch, upTo: instant)
    return run.account(at: instant)
  }

  private func fullestInstant(
    of link: LinkID, _ watch: (RunProgress) -> Wish
  ) throws -> SimTime {
    let run = try Run(model, watching: .link(link))
    try Drive(of: run).live(watch)
    _ = run.account(at: model.duration.map { .zero + $0 } ?? run.now)
    return run.fullestInstant ?? run.now
  }

  private func link(_ name: String) -> LinkID? {
    let links = model.topology.links
    let known = model.fibreNames.nodeOrLine(name)
    let place =
      links.firstIndex { $0.name == name } ?? links.firstIndex { $0.name == known }
    return place.map { LinkID(index: $0) }
  }

  /// The names of all links.
  public var linkNames: [String] { model.topology.links.map(\.name) }
}
