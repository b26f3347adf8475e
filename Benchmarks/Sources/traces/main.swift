// SPDX-License-Identifier: GPL-3.0-or-later
// The speed at which traces are read, and the memory that it takes, by format.
//
//     traces [--lines 5e6] [--repetitions 3] [--csv]
//
// Each format is read from a file of its own in a temporary folder, which is removed afterwards.
// `read` takes every record and adds it up; `reshape` scales, loops twice and splits over 31
// places, per record given; `sum up` is what `cpnsim show trace` does. The file is in the cache.
import Measuring

let words = Words(
  CommandLine.arguments.dropFirst(), options: ["lines", "repetitions"], flags: ["csv"])
guard words.rest.isEmpty else { Words.stop("unknown word \"\(words.rest[0])\"") }
let benchmark = TraceBenchmark(
  lines: Int(words.number("lines") ?? 5e6), repetitions: Int(words.number("repetitions") ?? 3))
let table = PrintedTable(
  ["format", "work", "lines", "MB", "CPU s", "lines/s", "MB/s", "peak MB"],
  isCSV: words.has("csv"))
do {
  for format in TraceBenchmark.Format.allCases { try benchmark.measure(format, in: table) }
} catch {
  Words.stop("\(error)")
}
