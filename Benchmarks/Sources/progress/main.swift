// SPDX-License-Identifier: GPL-3.0-or-later
// The price of an event, and the memory of a flow, with few and with many flows in progress.
//
//     progress [--flows 1e4,1e6] [--events 2e5] [--repetitions 5] [--csv]
//
// Flows of exponential size cross 300 paths of the ring and as many arrive as finish, so that the
// number in progress stays what it is. `fluid` is the sharing of links alone, where each flow that
// is done is followed by one on its path; `trace` is a run over a CSV trace. The last column
// compares the time per event with that of the first row of the same way.
import Measuring

let words = Words(
  CommandLine.arguments.dropFirst(), options: ["flows", "events", "repetitions"], flags: ["csv"])
guard words.rest.isEmpty else { Words.stop("unknown word \"\(words.rest[0])\"") }
let counts = (words.list("flows") ?? ["1e4", "1e6"]).map { Int(Words.number($0)) }
let benchmark = ProgressBenchmark(
  events: Int(words.number("events") ?? 2e5),
  repetitions: Int(words.number("repetitions") ?? 5))
let table = PrintedTable(
  ["way", "in progress", "ns an event", "bytes a flow", "peak bytes a flow", "time ratio"],
  isCSV: words.has("csv"))
do {
  for way in ProgressBenchmark.Way.allCases {
    var first: Double?
    for count in counts {
      let price = try benchmark.price(of: way, flows: count)
      table.row([
        way.rawValue, "\(count)", fixed(price.nanosecondsPerEvent, 0),
        fixed(price.bytesPerFlow, 1), fixed(price.peakBytesPerFlow, 1),
        fixed(price.nanosecondsPerEvent / (first ?? price.nanosecondsPerEvent), 2),
      ])
      first = first ?? price.nanosecondsPerEvent
    }
  }
} catch {
  Words.stop("\(error)")
}
