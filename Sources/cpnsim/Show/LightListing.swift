// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results
internal import Scenario
internal import Session
internal import Simulator

/// What `show light` prints: how light arrives over a route, term by term.
struct LightListing {
  private let model: Model
  private let table: TransmissionTable
  private let margin_dB: Double
  /// Counted from 1, as results do; nil for the worst.
  private let channel: Int?
  private let showsAllModes: Bool

  init(_ model: Model, channel: Int?, showsAllModes: Bool) throws(UsageError) {
    self.model = model
    (table, margin_dB) = try model.transmission()
    self.channel = channel
    self.showsAllModes = showsAllModes
  }

  /// The routes that lightpaths between two nodes are tried on.
  func listing(from: String, to: String) throws(UsageError) -> Listing {
    let source = try model.node(from)
    let target = try model.node(to)
    guard source != target else { throw .other("'\(from)' is both ends of the route") }
    let routes = model.light.candidates(
      from: source, to: target, siteCount: model.topology.nodes.count)
    guard !routes.isEmpty else { throw .other("no fibres lead from '\(from)' to '\(to)'") }
    return try listing(of: routes)
  }

  /// One route by the names of its nodes or of its fibres, joined by `;`.
  func listing(path: String) throws(UsageError) -> Listing {
    let known = model.fibreNames
    let names = path.split(separator: ";", omittingEmptySubsequences: false)
      .map { known.nodeOrLine(String($0)) }
    let route: FibrePath
    do {
      route = try FibrePath(
        names: names, in: FibreNames(model.light.plant, sites: model.topology.nodes))
    } catch {
      throw .other("--path: \(error)")
    }
    return try listing(of: [route])
  }

  private func listing(of routes: [FibrePath]) throws(UsageError) -> Listing {
    var listing = Listing([
      .init("mode"), .init("line rate", "line_rate_bps"), .init("channel"),
      .init("centre", "centre_thz"), .init("launch", "launch_dbm"), .init("signal", "signal_dbm"),
      .init("ASE", "ase_dbm"), .init("NLI", "nli_dbm"), .init("OSNR", "osnr_db"),
      .init("SNR of NLI", "nli_snr_db"), .init("GSNR", "gsnr_db"), .init("needed", "needed_db"),
      .init("margin", "margin_db"), .init("closes"), .init("length", "km"), .init("spans"),
      .init("delay", "delay_s"), .init("path"),
    ])
    for route in routes {
      for mode in modes(of: route) { listing.append(try cells(of: route, mode: mode)) }
    }
    guard !listing.rows.isEmpty else { throw .other("no mode fits the grid") }
    return listing
  }

  /// The fastest mode that closes, or else the one that comes nearest; or all that fit the grid.
  private func modes(of route: FibrePath) -> [Int] {
    let fitting = table.preference.filter { table.terms(over: route.fibres, mode: $0) != nil }
    if showsAllModes { return fitting }
    if let fastest = table.fastestMode(over: route.fibres, margin_dB: margin_dB) {
      return [fastest.index]
    }
    func margin(_ mode: Int) -> Double {
      table.terms(over: route.fibres, mode: mode)?.margin_dB(for: table.modes[mode])
        ?? -.infinity
    }
    return Array(fitting.max { margin($0) < margin($1) }.map { [$0] } ?? [])
  }

  private func cells(of route: FibrePath, mode index: Int) throws(UsageError) -> [Cell] {
    let mode = table.modes[index]
    let wanted = channel.map { $0 - 1 }
    guard let terms = table.terms(over: route.fibres, mode: index, channel: wanted),
      let number = table.channel(of: terms, mode: index)
    else {
      let most = table.transmission.grid.filled(width_GHz: mode.slot_GHz)?.count ?? 0
      throw .other("--channel: the grid filled with '\(mode.name)' has channels 1 to \(most)")
    }
    let launches = route.fibres.compactMap { table.launchPower_dBm(on: $0, mode: index) }
    let margin = terms.margin_dB(for: mode)
    return [
      .text(mode.name), .rate(mode.lineRate.value), .count(number + 1),
      .level(terms.centre_THz, "THz"),
      // Each fibre has a power of its own; the one that is listed is that of the first.
      .level(launches.first ?? .nan, "dBm"), .level(terms.signal_dBm, "dBm"),
      .level(terms.emission_dBm, "dBm"), .level(terms.interference_dBm, "dBm"),
      .level(terms.osnr01nm_dB, "dB"), .level(terms.nonlinearSNR01nm_dB, "dB"),
      .level(terms.gsnr01nm_dB, "dB"), .level(mode.requiredOSNR_dB, "dB"),
      .level(margin, "dB"), .text(margin >= margin_dB ? "yes" : "no"), .length(route.length),
      .count(terms.spanCount), .duration(model.light.delay(of: route)),
      .names(route.sites.map { model.topology[$0] }),
    ]
  }
}
