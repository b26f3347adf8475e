// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import NetworkModel
public import Simulator
internal import Traffic

// Demands and sites of a run that is lived through once more.

extension Replay {
  /// Watches a demand to the end of the run; nil where there is none of that name.
  public func history(
    ofDemand name: String, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> DemandHistory? {
    let run = try Run(model, watching: .demand(name))
    try Drive(of: run).live(watch)
    _ = try run.finish()
    return run.demandHistory
  }

  /// The names of the demands that the scenario states; those of tokens are laid as they are needed.
  public var demandNames: [String] { model.demands.map(\.name) }

  /// Looks at a place at an instant, or when it is busiest; nil where nothing is there.
  ///
  /// Busiest is when it serves most tokens or, where it serves none, when its first pool is; else the
  /// end is taken.
  public func account(
    ofSite name: String, at instant: SimTime?, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> SiteAccount? {
    let names = siteNames
    guard let site = place(of: name, among: names).map({ names[$0] }) else { return nil }
    let instant = try instant ?? busiestInstant(of: site, watch)
    let run = try Run(model, watching: .site(site))
    try Drive(of: run).live(watch, upTo: instant)
    return run.siteAccount(at: instant)
  }

  private func busiestInstant(
    of site: String, _ watch: (RunProgress) -> Wish
  ) throws -> SimTime {
    let pool = model.computing.pools.first { model.topology[$0.node] == site }
    let servesTokens = model.tokens.contains { $0.sites.contains { $0.node == site } }
    let watched: Watched =
      if let pool, !servesTokens { .pool(pool.name, at: nil) } else { .site(site) }
    let run = try Run(model, watching: watched)
    try Drive(of: run).live(watch)
    return (servesTokens ? run.busiestOfSite : run.busiestInstant) ?? end(of: run)
  }

  /// The names of all places with machines or links.
  public var siteNames: [String] {
    let sites = model.tokens.flatMap { $0.sites.map(\.node) }
    let pools = model.computing.pools.map { model.topology[$0.node] }
    let ends = model.topology.links.compactMap(\.ends).flatMap {
      [model.topology[$0.source], model.topology[$0.target]]
    }
    var seen: Set<String> = []
    return (sites + pools + ends).filter { seen.insert($0).inserted }
  }
}
