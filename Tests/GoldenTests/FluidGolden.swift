// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport

/// A network, its flows, and when another program says they finish.
struct FluidGolden {
  struct Flow {
    let name: Substring
    let start: Substring
    let bytes: Substring
    let path: Substring
    /// Nanoseconds.
    let finish: Double
  }

  let capacities: [Substring]
  let flows: [Flow]

  static let names = [
    "ring_200", "star_200", "clos_sim_200", "ring_1e3", "clos_1e3", "ring_sim_1e3",
  ]

  init(named name: String, beside file: String = #filePath) throws {
    let folder = file.prefix(through: file.lastIndex(of: "/") ?? file.startIndex)
    let lines = try lines(ofFile: folder + "Data/\(name).txt")
    capacities = lines.first.map { Array($0.split(separator: " ").dropFirst()) } ?? []
    flows = lines.dropFirst().map { line in
      let fields = line.split(separator: ",")
      precondition(fields.count == 5, "a flow has five fields: \(line)")
      return Flow(
        name: fields[0], start: fields[1], bytes: fields[2], path: fields[3],
        finish: (Double(fields[4]) ?? .nan) * 1e9)
    }
  }

  /// The scenario that a user would write, beside a trace named `flows.csv`.
  var scenario: String {
    let links = capacities.enumerated()
      .map { "    - {name: l\($0.offset), capacity: \($0.element) bps}" }
    return """
      scenario: golden
      network:
        links:
      \(links.joined(separator: "\n"))
      traffic:
        - trace: flows.csv
      outputs: [flows]
      """
  }

  var trace: String {
    let rows = flows.map { "\($0.name),\($0.start),,,\($0.bytes),\($0.path)\n" }
    return "flow,start_s,source,target,bytes,path\n" + rows.joined()
  }
}
