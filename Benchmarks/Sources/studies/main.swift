// SPDX-License-Identifier: GPL-3.0-or-later
// What a study costs: its plan, its runs, its tables.
//
//     studies [--runs 1e5] [--days 20] [--jobs 1,2] [--csv]
//
// `no length` has so many variants of a scenario in which next to nothing happens: what is measured
// is the study itself. `0.1 s` has 1,000 runs of about that length, for what more jobs bring.
// `national day` runs Scenarios/national-day.yaml with different seeds. Start it in the repository.
import Glibc
import Measuring

let words = Words(
  CommandLine.arguments.dropFirst(), options: ["runs", "days", "jobs"], flags: ["csv"])
guard words.rest.isEmpty else { Words.stop("unknown word \"\(words.rest[0])\"") }
let jobs = (words.list("jobs") ?? ["1", "2"]).map { Int(Words.number($0)) }
let table = PrintedTable(
  ["study", "runs", "jobs", "wall s", "CPU s", "ms a run", "plan s", "tables s", "peak MB"],
  isCSV: words.has("csv"))
do {
  let bench = try StudyBenchmark()
  defer { bench.remove() }
  for count in jobs {
    try bench.measure(.noLength(Int(words.number("runs") ?? 1e5)), jobs: count, in: table)
    try bench.measure(.tenthOfASecond(1000), jobs: count, in: table)
    try bench.measure(.nationalDays(Int(words.number("days") ?? 20)), jobs: count, in: table)
  }
} catch {
  Words.stop("\(error)")
}
