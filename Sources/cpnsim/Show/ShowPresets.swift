// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine

/// `cpnsim show presets`: the workloads that generators can take.
struct ShowPresets: Command {
  static let name = "presets"
  static let abstract = "List the workloads that generators can take."
  static let examples = [
    Example("cpnsim show presets", "List the workloads that generators can take.")
  ]
  static var parameters: [Parameter<Self>] { [.format(\.format)] }

  var format = OutputFormat.table

  func run() throws -> ExitCode {
    try StandardOutput.write(PresetListing.listing().text(as: format))
    return .done
  }
}
