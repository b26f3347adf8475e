// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
public import Compute
internal import NetworkModel
internal import Scenario
internal import Simulator

/// `cpnsim show pools`: the built-in national pools, or those of a scenario, and their sums.
struct ShowPools: Command {
  static let name = "pools"
  static let abstract = "List the built-in pools, or those of a scenario, with their sums."
  static let discussion = """
    Built-in pools of intelligent computing are counted in half precision and others in single, so \
    that kinds are never added. Prices and PUE are means over the year, for machines whose power \
    is constant. A table has the first 20 pools, csv and json have all.
    """
  static let examples = [
    Example("cpnsim show pools", "Sum up the built-in pools."),
    Example(
      "cpnsim show pools --kind intelligent --at Harbin --year 2026",
      "List those in a city that have joined by 2026."),
    Example("cpnsim show pools Scenarios/idle-and-hungry.yaml", "List the pools of a scenario."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .optionalArgument("scenario", \.file, "The scenario file; else the built-in pools.")
        .taking("file", .scenario),
      .option("kind", \.kind, "Built-in pools of this kind."),
      .option("year", \.year, "Built-in pools that have joined by this year.").taking("year"),
      .option("at", \.site, "Pools at this node, or in the cluster of this name.").taking("node"),
      .settings(\.changes.settings), .removals(\.changes.removals), .format(\.format),
    ]
  }

  var file: String?
  var kind: NationalPool.Kind?
  var year: Int?
  var site: String?
  var changes = ScenarioChanges()
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    let listing = try file.map(listing(ofScenario:)) ?? builtIn()
    try StandardOutput.write(listing.text(as: format))
    return .done
  }

  private func builtIn() throws -> PoolListing {
    guard changes.isEmpty else {
      throw UsageError.other("--set and --unset change a scenario file, and there is none")
    }
    if let year, !CalendarDay.years.contains(year) {
      let (first, last) = (CalendarDay.years.lowerBound, CalendarDay.years.upperBound)
      throw UsageError.other("--year: expected \(first) to \(last), found \(year)")
    }
    var pools = NationalPools.make().pools
    if let kind { pools.removeAll { $0.kind != kind } }
    if let year { pools.removeAll { $0.joins > year } }
    if let site {
      let model = try changes.scenario(of: nil).model
      let name = model.topology[try model.node(site)]
      pools.removeAll { $0.site != name && $0.identifier.cluster != name }
    }
    return PoolListing(builtIn: pools)
  }

  private func listing(ofScenario file: String) throws -> PoolListing {
    guard kind == nil, year == nil else {
      throw UsageError.other("--kind and --year choose among the built-in pools, without a file")
    }
    let model = try changes.scenario(of: file).model
    guard !model.computing.isEmpty else {
      throw UsageError.other("'\(model.name)' has no pools")
    }
    var pools = model.computing.pools
    if let site {
      let node = try model.node(site)
      pools.removeAll { $0.node != node && $0.cluster != model.topology[node] }
    }
    return PoolListing(pools, of: model)
  }
}

extension NationalPool.Kind: ArgumentValue {}
