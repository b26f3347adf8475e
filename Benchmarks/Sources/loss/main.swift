// SPDX-License-Identifier: GPL-3.0-or-later
// Loss and delay for all links at once: CPU time per element of vector code, beside scalar code;
// and what runs cost with transports that follow loss, beside ideal ones.
import Measuring

let words = Words(CommandLine.arguments.dropFirst(), options: ["links", "flows"])
let count = Int(words.number("links") ?? 1e6)
let table = PrintedTable(["of one element", "scalar ns", "vector ns", "ratio"])
var functions = VectorBenchmark(count: count)
functions.run(table)
var links = LinkBenchmark(count: count)
links.run(table)
let runs = PrintedTable(["a run of flows", "ideal s", "with loss s", "ratio"])
try TransportBenchmark(flows: Int(words.number("flows") ?? 1e5)).run(runs)
