// SPDX-License-Identifier: GPL-3.0-or-later
// Flow completions a second, by kind of network, number of flows and way of simulating them.
//
//     flows [--kinds ring,star,clos,islands] [--flows 1e3,1e4,1e5] [--ways fluid,listed,trace]
//           [--at-once] [--hosts N] [--load 0.7] [--seed 1] [--repetitions 5] [--csv]
//     flows write KIND FLOWS FOLDER [--at-once] [--hosts N] [--load 0.7] [--seed 1]
//
// The second form writes work.txt for peers, and trace.csv with scenario.yaml for `cpnsim run`.
import Measuring

let words = Words(
  CommandLine.arguments.dropFirst(),
  options: ["kinds", "flows", "ways", "hosts", "load", "seed", "repetitions"],
  flags: ["at-once", "csv"])
do {
  try FlowsBenchmark(words: words).run()
} catch {
  Words.stop("\(error)")
}
