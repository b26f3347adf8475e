// SPDX-License-Identifier: GPL-3.0-or-later
internal import CommandLine
internal import SwarmKit

/// `swarm faults`: the faults that can be planted.
struct FaultsCommand: Command {
  static let name = "faults"
  static let abstract = "List the faults that can be planted in the sources: number, name, file."
  static var parameters: [Parameter<Self>] { [] }

  func run() throws -> ExitCode {
    for fault in PlantedFault.all {
      try StandardOutput.write("\(fault.number) \(fault.name) \(fault.file)\n")
    }
    return .done
  }
}

/// `swarm plant`: plants them in a copy of the package.
struct PlantCommand: Command {
  static let name = "plant"
  static let abstract = "Plant all faults, each behind a switch, in a copy of the package."
  static var parameters: [Parameter<Self>] {
    [.option("into", \.folder, "The folder of the copy.").taking("folder", .directory)]
  }

  var folder = ""

  func run() throws -> ExitCode {
    guard !folder.isEmpty else { throw UsageError.other("--into is missing: plant in which copy?") }
    do throws(PlantedFault.Problem) {
      try PlantedFault.plantAll(in: folder)
    } catch {
      throw UsageError.other(error.text)
    }
    return .done
  }
}
