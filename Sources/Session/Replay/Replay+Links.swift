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
    _ = run.account(at: end(of: run))
    return run.fullestInstant ?? run.now
  }

  private func link(_ name: String) -> LinkID? {
    place(of: name, among: linkNames).map { LinkID(index: $0) }
  }

  /// Where a name stands, as it is written or by another name of the place or line.
  func place(of name: String, among names: [String]) -> Int? {
    names.firstIndex(of: name) ?? names.firstIndex(of: model.fibreNames.nodeOrLine(name))
  }

  /// The end of a run that has been lived through.
  func end(of run: Run) -> SimTime { model.duration.map { .zero + $0 } ?? run.now }

  /// Looks at a fibre at an instant, or at the end; nil where there is none of that name.
  public func account(
    ofFibre name: String, at instant: SimTime?, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> FibreAccount? {
    guard let place = place(of: name, among: fibreNamesOfPlant) else { return nil }
    let run = try Run(model)
    try Drive(of: run).live(watch, upTo: instant ?? .distantFuture)
    return run.account(of: FibreID(index: place), at: instant ?? end(of: run))
  }

  /// The names of all fibres.
  public var fibreNamesOfPlant: [String] { model.light.plant.fibres.map(\.name) }

  /// The names of all links.
  public var linkNames: [String] { model.topology.links.map(\.name) }
}
