// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import NetworkModel
internal import Results
internal import Scenario
internal import Simulator

/// `cpnsim show headroom`: what links have to keep behind a pause, term by term.
struct ShowHeadroom: Command {
  static let name = "headroom"
  static let abstract = "Tell what a link has to keep behind a pause to lose nothing."
  static let discussion = """
    That is the rate times the round trip, the packets that both ends have begun, the pause and \
    the reaction to it. Of the links of a scenario it also tells what their ports keep, and the \
    rate up to which that is enough.
    """
  static let examples = [
    Example("cpnsim show headroom Scenarios/pfc-headroom.yaml", "Look at the links of a scenario."),
    Example(
      "cpnsim show headroom --rate '400 Gbps' --length '1000 km'",
      "Tell the buffer that a lossless link needs."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .optionalArgument("scenario", \.file, "The scenario file.").taking("file", .scenario),
      .option("rate", \.rate, "Of a link of this rate that is in no file.").taking("rate"),
      .option("length", \.length, "Of a link of this length that is in no file.")
        .taking("length"),
      .settings(\.changes.settings), .removals(\.changes.removals), .format(\.format),
    ]
  }

  var file: String?
  var rate: BitsPerSecond?
  var length: Kilometres?
  var changes = ScenarioChanges()
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    try StandardOutput.write(listing().text(as: format))
    return .done
  }

  private func listing() throws -> Listing {
    switch (file, rate, length) {
    case (let file?, nil, nil):
      return HeadroomListing.listing(of: try changes.scenario(of: file).model.topology)
    case (nil, let rate?, let length?):
      guard changes.isEmpty else {
        throw UsageError.other("--set and --unset change a scenario file, and there is none")
      }
      return HeadroomListing.listing(rate: rate, length: length)
    default:
      throw UsageError.other("'show headroom' needs a scenario file, or --rate and --length")
    }
  }
}
