// SPDX-License-Identifier: GPL-3.0-or-later
// Requests for lightpaths a second on NSFNET, and how many of them are turned away.
//
//     rwa [--requests 4e6] [--seed 1] [--data FOLDER] [--csv]
//     rwa goldens [--requests 4e6] [--seed 1] [--data FOLDER] [--csv]
//
// The first form measures the speed: arrivals, routing and assignment, departures, on one core.
// The second compares the blocking with what other programs find. FOLDER has the path tables.
import Measuring

let words = Words(
  CommandLine.arguments.dropFirst(), options: ["requests", "seed", "data"], flags: ["csv"])
do {
  let data = try GoldenData(folder: words["data"] ?? "Tests/GoldenTests/Data/rwa")
  let study = BlockingStudy(
    data: data, requests: Int(words.number("requests") ?? 4e6),
    seed: UInt64(words.number("seed") ?? 1), isCSV: words.has("csv"))
  switch words.rest {
  case []: try study.measureSpeed()
  case ["goldens"]: try study.compare()
  default: Words.stop("unknown word \"\(words.rest[0])\"")
  }
} catch {
  Words.stop("\(error)")
}
