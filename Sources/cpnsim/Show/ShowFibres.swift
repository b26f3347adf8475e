// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import NetworkModel
internal import Scenario

/// `cpnsim show fibres`: how many channels close on each fibre, and what they carry.
struct ShowFibres: Command {
  static let name = "fibres"
  static let abstract = "Count the channels that close on each fibre, and what they carry."
  static let discussion = """
    The channels are in the mode that carries most, or in that of --rate; beside them stands the \
    line rate with which all of them close.
    """
  static let examples = [
    Example("cpnsim show fibres --rate '200 Gbps'", "Count the 200G channels of each fibre.")
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenarioOrNational(\.file),
      .option("rate", \.rate, "Channels of this line rate.").taking("rate"),
      .settings(\.changes.settings), .removals(\.changes.removals), .format(\.format),
    ]
  }

  var file: String?
  var rate: BitsPerSecond?
  var changes = ScenarioChanges()
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    let fibres = try FibreListing(changes.scenario(of: file).model, rate: rate)
    try StandardOutput.write(fibres.listing.text(as: format))
    return .done
  }
}
