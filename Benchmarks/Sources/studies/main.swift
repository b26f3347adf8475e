// SPDX-License-Identifier: GPL-3.0-or-later
// What a study costs: its plan, its runs, its tables.
//
//     studies [--runs 1e5] [--days 1000] [--jobs 1,2] [--only days] [--program cpnsim] [--csv]
//     studies --coverage 1000 [--seeds 20]
//     studies --null 100000
//
// `no length` has so many variants of a scenario in which next to nothing happens: what is measured
// is the study itself. `0.1 s` has 1,000 runs of about that length, for what more jobs bring.
// `national day` runs Scenarios/national-day.yaml with different seeds, with the last of `--jobs` alone.
// `trace` has 100 runs over one trace of 100,000 flows. With `--program`, `2 ms` has 1,000 runs of about
// that length, by one sweep of one job and by a loop of `run` in a shell. `--coverage` counts how many
// intervals hold a mean that is known, and `--null` how many suites are called different by `check` and
// `compare` where nothing differs. Start it in the repository.
import Glibc
import Measuring

let words = Words(
  CommandLine.arguments.dropFirst(),
  options: ["runs", "days", "jobs", "only", "coverage", "null", "seeds", "program"],
  flags: ["csv"])
guard words.rest.isEmpty else { Words.stop("unknown word \"\(words.rest[0])\"") }
let jobs = (words.list("jobs") ?? ["1", "2"]).map { Int(Words.number($0)) }
let kinds: [(name: String, kind: StudyBenchmark.Kind)] = [
  ("runs", .noLength(Int(words.number("runs") ?? 1e5))), ("tenth", .tenthOfASecond(1000)),
  ("days", .nationalDays(Int(words.number("days") ?? 1000))), ("trace", .trace(100)),
]
if let only = words["only"], !(kinds.map(\.name) + ["loop"]).contains(only) {
  Words.stop("unknown kind \(only); known: \(kinds.map(\.name).joined(separator: ", ")), loop")
}
if words["only"] == "loop", words["program"] == nil { Words.stop("the loop needs --program") }
do {
  let bench = try StudyBenchmark()
  defer { bench.remove() }
  if let studies = words.number("coverage") {
    let table = PrintedTable(
      ["values", "studies", "seeds", "held %", "+-", "below", "above"], isCSV: words.has("csv"))
    try CoverageBenchmark(
      studies: Int(studies), seeds: Int(words.number("seeds") ?? 20), in: bench.folder
    ).measure(jobs: jobs.last ?? 1, in: table)
  } else if let suites = words.number("null") {
    let table = PrintedTable(
      ["command", "values", "suites", "wrong", "wrong %", "+-", "allowed %"],
      isCSV: words.has("csv"))
    try NullBenchmark(suites: Int(suites)).measure(in: table)
  } else {
    let table = PrintedTable(
      ["study", "runs", "jobs", "wall s", "CPU s", "ms a run", "plan s", "tables s", "peak MB"],
      isCSV: words.has("csv"))
    for (name, kind) in kinds where words["only"] ?? name == name {
      let counts = name == "days" ? Array(jobs.suffix(1)) : jobs
      for count in counts { try bench.measure(kind, jobs: count, in: table) }
    }
    if let program = words["program"], words["only"] ?? "loop" == "loop" {
      try bench.measureLoop(runs: 1000, program: program, in: table)
    }
  }
} catch {
  Words.stop("\(error)")
}
