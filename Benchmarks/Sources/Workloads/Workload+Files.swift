// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

extension Workload {
  /// Writes a trace that a scenario can read.
  public func writeTrace(to path: String) throws(FileProblem) {
    let file = try TextFile(path)
    let names = paths.map { $0.map { "l\($0)" }.joined(separator: ";") }
    file.write("flow,start_s,source,target,bytes,path\n")
    for (index, flow) in flows.enumerated() {
      file.write("\(index),\(seconds(flow.arrival)),,,\(Int(flow.bytes)),\(names[flow.path])\n")
    }
    try file.close()
  }

  /// Writes a scenario over a trace in the same folder.
  public func writeScenario(to path: String, trace: String) throws(FileProblem) {
    let file = try TextFile(path)
    file.write("scenario: \(name)\nnetwork:\n  links:\n")
    for (index, capacity) in capacities.enumerated() {
      file.write("    - {name: l\(index), capacity: \(Int(capacity / gigabit)) Gbps}\n")
    }
    file.write("traffic:\n  - trace: \(trace)\noutputs: [summary, flows]\n")
    try file.close()
  }

  /// Writes the plain text that peers read.
  ///
  ///     links L
  ///     id capacity_bps latency_s      (L lines)
  ///     flows F
  ///     id arrival_s bytes k link...   (F lines, k links each)
  public func writePlainText(to path: String) throws(FileProblem) {
    let file = try TextFile(path)
    file.write("links \(capacities.count)\n")
    for (index, capacity) in capacities.enumerated() {
      file.write("\(index) \(Int(capacity)) 0\n")
    }
    let hops = paths.map { "\($0.count) " + $0.map(String.init).joined(separator: " ") }
    file.write("flows \(flows.count)\n")
    for (index, flow) in flows.enumerated() {
      file.write("\(index) \(seconds(flow.arrival)) \(Int(flow.bytes)) \(hops[flow.path])\n")
    }
    try file.close()
  }

  /// Seconds with nine digits, exactly.
  private func seconds(_ time: SimTime) -> String {
    let (whole, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let digits = String(rest)
    return "\(whole)." + String(repeating: "0", count: 9 - digits.count) + digits
  }
}
