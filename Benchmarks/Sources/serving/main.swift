// SPDX-License-Identifier: GPL-3.0-or-later
// Requests to an inference service, answered one by one by engines with continuous batching.
//
//     serving [--requests 1e5,1e6] [--replicas 64] [--routings least-waiting,soonest]
//             [--engines times,rates] [--load 0.7] [--repetitions 3] [--csv]
//
// The exponent is that of the time over the number of requests, from one size to the next: 1 where a
// request costs the same however many there are.
import Glibc
import Measuring
import Scheduling

let words = Words(
  CommandLine.arguments.dropFirst(),
  options: ["requests", "replicas", "routings", "engines", "load", "repetitions"], flags: ["csv"])
guard words.rest.isEmpty else { Words.stop("unknown word \"\(words.rest[0])\"") }
let sizes = (words.list("requests") ?? ["1e5", "1e6"]).map { Int(Words.number($0)) }
let replicas = (words.list("replicas") ?? ["64"]).map { Int(Words.number($0)) }
let routings = (words.list("routings") ?? ["least-waiting", "soonest"]).map { name in
  guard let routing = RequestRouting(rawValue: name) else { Words.stop("\(name) is no routing") }
  return routing
}
let engines = (words.list("engines") ?? ["times", "rates"]).map { name in
  guard let engine = ServingCase.Engine(rawValue: name) else { Words.stop("\(name) is no engine") }
  return engine
}
let load = words.number("load") ?? 0.7
let repetitions = Int(words.number("repetitions") ?? 3)
let table = PrintedTable(
  [
    "engine, routing", "replicas", "requests", "CPU s", "requests/s", "events", "peak MB",
    "exponent",
  ], isCSV: words.has("csv"))

/// A row for each size, with the exponent to the one before.
@MainActor
func measure(_ engine: ServingCase.Engine, _ routing: RequestRouting, _ replicas: Int) throws {
  var last: (size: Int, seconds: Double)?
  for size in sizes {
    let entry = ServingCase(
      engine: engine, routing: routing, replicas: replicas, requests: size, load: load)
    let run = try medianRun(repetitions: repetitions, within: 30, cpu: \.seconds) {
      try entry.measure()
    }
    let exponent = last.map { last in
      log(run.seconds / last.seconds) / log(Double(size) / Double(last.size))
    }
    table.row([
      "\(engine.rawValue), \(routing.rawValue)", "\(replicas)", "\(size)", fixed(run.seconds, 3),
      fixed(Double(size) / run.seconds, 0), "\(run.events)", fixed(Double(run.peak) / 1e6, 0),
      fixed(exponent ?? .nan, 2),
    ])
    last = (size, run.seconds)
  }
}

do {
  for engine in engines {
    for routing in routings {
      for count in replicas { try measure(engine, routing, count) }
    }
  }
} catch {
  Words.stop("\(error)")
}
