// SPDX-License-Identifier: GPL-3.0-or-later
internal import CommandLine
internal import SwarmKit

/// `swarm repeat`: the scenario of one seed once more.
struct RepeatCommand: Command {
  static let name = "repeat"
  static let abstract = "Run the scenario of one seed, and make it smaller if it fails."
  static var parameters: [Parameter<Self>] {
    [
      .option("seed", \.seed, "The seed."),
      .option("out", \.out, "The folder for the scenario.").taking("folder", .directory),
    ]
  }

  var seed: UInt64 = 1
  var out = "."

  func run() throws -> ExitCode {
    guard let swarm = Swarm() else { throw UsageError.other("no temporary folder can be made") }
    LastSeed.note(seed)
    let result = try Trial(seed: seed, swarm: swarm, out: out, isCutDown: true).run()
    if case .found = result { return .failed }
    try StandardOutput.write("swarm: seed \(seed) is sound\n")
    return .done
  }
}

/// `swarm show`: the scenario of a seed as text.
struct ShowCommand: Command {
  static let name = "show"
  static let abstract = "Print the scenario of one seed."
  static var parameters: [Parameter<Self>] { [.option("seed", \.seed, "The seed.")] }

  var seed: UInt64 = 1

  func run() throws -> ExitCode {
    let scenario = SwarmScenario(seed: seed)
    try StandardOutput.write(scenario.text)
    for (name, text) in scenario.files { try StandardOutput.write("# \(name)\n\(text)") }
    return .done
  }
}
