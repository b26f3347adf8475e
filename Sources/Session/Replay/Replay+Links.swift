// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import Light
internal import NetworkModel
public import Simulator

// Links and fibres of a run that is lived through once more.

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

  /// Looks at a fibre at an instant, or at the end; nil where there is none of that name.
  public func account(
    ofFibre name: String, at instant: SimTime?, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> FibreAccount? {
    let known = model.fibreNames.nodeOrLine(name)
    let fibres = model.light.plant.fibres
    let place =
      fibres.firstIndex { $0.name == name } ?? fibres.firstIndex { $0.name == known }
    guard let place else { return nil }
    let run = try Run(model)
    try Drive(of: run).live(watch, upTo: instant ?? .distantFuture)
    let end = model.duration.map { .zero + $0 } ?? run.now
    return run.account(of: FibreID(index: place), at: instant ?? end)
  }

  /// The names of all fibres.
  public var fibreNamesOfPlant: [String] { model.light.plant.fibres.map(\.name) }

  /// The names of all links.
  public var linkNames: [String] { model.topology.links.map(\.name) }
}
