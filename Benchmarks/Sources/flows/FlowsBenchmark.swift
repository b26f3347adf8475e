// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Measuring
import Workloads

/// The benchmark as its command line asks for it.
struct FlowsBenchmark {
  let words: Words

  func run() throws {
    if words.rest.first == "write" { try write() } else { try printTable() }
  }

  private func write() throws {
    guard words.rest.count == 4 else { Words.stop("expected: flows write KIND FLOWS FOLDER") }
    let folder = words.rest[3]
    let recipe = recipe(named(words.rest[1]), flows: Int(Words.number(words.rest[2])))
    let workload = recipe.make()
    try workload.writePlainText(to: folder + "/work.txt")
    try workload.writeTrace(to: folder + "/trace.csv")
    try workload.writeScenario(to: folder + "/scenario.yaml", trace: "trace.csv")
  }

  private func printTable() throws {
    guard words.rest.isEmpty else { Words.stop("unknown word \"\(words.rest[0])\"") }
    let shapes: [NetworkShape] = words.list("kinds")?.map { named($0) } ?? NetworkShape.allCases
    let ways: [Way] = words.list("ways")?.map { named($0) } ?? Way.allCases
    let counts = (words.list("flows") ?? ["1e3", "1e4", "1e5"]).map {
      Int(Words.number($0))
    }
    let table = PrintedTable(
      ["kind", "flows", "way", "CPU s", "completions/s", "events/s", "peak MB"],
      isCSV: words.has("csv"))
    for shape in shapes {
      for count in counts {
        let recipe = recipe(shape, flows: count)
        let workload = recipe.make()
        for way in ways {
          let cost = try measure(workload, way)
          table.row([
            recipe.name, "\(count)", way.rawValue, fixed(cost.cpuSeconds, 4),
            fixed(cost.completionsPerSecond, 0), fixed(cost.eventsPerSecond, 0),
            fixed(Double(cost.peakBytes) / 1e6, 1),
          ])
        }
      }
    }
  }
}

extension FlowsBenchmark {
  private func recipe(_ shape: NetworkShape, flows: Int) -> WorkloadRecipe {
    var recipe = WorkloadRecipe(shape: shape, flows: flows)
    if let hosts = words.number("hosts") { recipe.hosts = Int(hosts) }
    if let load = words.number("load") { recipe.load = load }
    if let seed = words.number("seed") { recipe.seed = UInt64(seed) }
    recipe.isAtOnce = words.has("at-once")
    return recipe
  }

  private func named<Value: RawRepresentable<String> & CaseIterable>(_ name: String) -> Value {
    guard let value = Value(rawValue: name) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      Words.stop("\"\(name)\" is none of \(known)")
    }
    return value
  }

  private func measure(_ workload: Workload, _ way: Way) throws -> Cost {
    let repetitions = words.number("repetitions").map { max(1, Int($0)) } ?? 5
    func median(_ simulate: () throws -> Tally) rethrows -> Cost {
      try medianRun(
        repetitions: repetitions, within: 20, cpu: \.cpuSeconds, { try cost(of: simulate) })
    }
    switch way {
    case .fluid: return median { shareAlone(workload) }
    case .listed:
      let model = workload.listedModel
      return try median { try simulate(model) }
    case .trace:
      let file = scratchFile(named: "flows.csv")
      try workload.writeTrace(to: file)
      defer { unlink(file) }
      let model = workload.model(trace: file)
      return try median { try simulate(model) }
    }
  }
}
