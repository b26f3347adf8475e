// SPDX-License-Identifier: GPL-3.0-or-later
internal import CommandLine
internal import SwarmKit

/// One seed, with what is said and written where it fails.
struct Trial {
  let seed: UInt64
  let swarm: Swarm
  let out: String
  var isCutDown = false

  func run() throws -> Swarm.Result {
    let scenario = SwarmScenario(seed: seed)
    let result = swarm.test(scenario)
    guard case .found(let findings) = result else { return result }
    var text = "swarm: seed \(seed) fails; repeat it with make swarm SEED=\(seed)\n"
    for finding in findings { text += "  \(finding)\n" }
    try StandardOutput.write(text)
    let written = isCutDown ? swarm.shrunk(scenario, findings) : scenario
    guard let path = swarm.write(written, to: out, as: "swarm-\(seed)") else {
      try StandardOutput.write("  it could not be written into \(out)\n")
      return result
    }
    try StandardOutput.write("  \(isCutDown ? "cut down to" : "written to") \(path)\n")
    return result
  }
}
