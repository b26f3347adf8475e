// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Light
internal import NetworkModel
internal import Results
internal import Simulator
internal import Text

/// What `show fibres` prints: how many channels close on each fibre, and what they carry.
struct FibreListing {
  /// A fibre and what light does on it.
  struct Row {
    var fibre: Fibre
    /// Nil where no mode of the rate asked for fits the grid.
    var channels: ClosingChannels?
    /// The line rate with which all channels close, which is what a run lights.
    var common: BitsPerSecond?
  }

  let rows: [Row]
  private let nodes: [String]

  /// Counts the channels of a line rate, or of the one that carries most.
  init(_ model: Model, rate: BitsPerSecond?) throws(UsageError) {
    let (table, margin_dB) = try model.transmission()
    nodes = model.topology.nodes
    if let rate, !table.modes.contains(where: { $0.lineRate == rate }) {
      let known = Set(table.modes.map(\.lineRate.value)).sorted().map {
        formatted(bitsPerSecond: $0)
      }
      throw .invalidValue(
        rate.argumentText, parameter: "--rate", expected: "line rate of a transceiver",
        choices: known)
    }
    rows = model.light.plant.fibres.enumerated().map { index, fibre in
      let route = [FibreID(index: index)]
      return Row(
        fibre: fibre,
        channels: table.closingChannels(over: route, margin_dB: margin_dB, lineRate: rate),
        common: table.fastestMode(over: route, margin_dB: margin_dB)?.mode.lineRate)
    }
  }

  var listing: Listing {
    var listing = Listing([
      .init("fibre"), .init("from"), .init("to"), .init("length", "km"), .init("spans"),
      .init("mode"), .init("line rate", "line_rate_bps"), .init("close", "channels_that_close"),
      .init("of", "channels"), .init("capacity", "capacity_bps"), .init("GSNR", "gsnr_db"),
      .init("margin", "margin_db"), .init("all close at", "common_line_rate_bps"),
    ])
    for row in rows { listing.append(cells(of: row)) }
    return listing
  }

  private func cells(of row: Row) -> [Cell] {
    let fibre = row.fibre
    let place: [Cell] = [
      .text(fibre.name), .text(nodes[Int(fibre.first.index)]),
      .text(nodes[Int(fibre.second.index)]), .length(fibre.length),
      .count(fibre.section.spanCount),
    ]
    let common = row.common.map { Cell.rate($0.value) } ?? .absent
    guard let channels = row.channels else {
      return place + [Cell](repeating: .absent, count: 7) + [common]
    }
    return place + [
      .text(channels.mode.name), .rate(channels.mode.lineRate.value), .count(channels.closing),
      .count(channels.channels), .rate(channels.capacity.value),
      .level(channels.terms.gsnr01nm_dB, "dB"), .level(channels.margin_dB, "dB"), common,
    ]
  }

  /// Tells each fibre of a map what it can carry.
  func add(to map: inout NetworkMap) {
    for (index, row) in rows.enumerated() {
      guard let channels = row.channels else { continue }
      map.lines[index].properties += [
        .init("mode", .text(channels.mode.name)),
        .init("line_rate_bps", .number(channels.mode.lineRate.value)),
        .init("channels_that_close", .integer(channels.closing)),
        .init("fibre_capacity_bps", .number(channels.capacity.value)),
        .init("margin_db", .number(channels.margin_dB)),
      ]
    }
  }
}

extension Model {
  /// What fibres do to channels, and the margin that is asked for.
  func transmission() throws(UsageError) -> (TransmissionTable, margin_dB: Double) {
    guard !light.plant.fibres.isEmpty else {
      throw .other("the network of '\(name)' has no fibres; its links have a given capacity")
    }
    switch light.rating {
    case .byQuality(let table, let margin_dB): return (table, margin_dB)
    case .byLength([]):
      throw .other("'\(name)' has no section light, so its fibres are dark; 'light: {}' will do")
    case .byLength:
      throw .other(
        "'\(name)' rates light by its length (light.reach), so there is no quality to show")
    }
  }
}
