// SPDX-License-Identifier: GPL-3.0-or-later
// How the price of work grows with its size: CPU seconds at two sizes, and the exponent between them.
//
//     growth [--cases path,star,clos,ring,path-terms,star-terms,all-to-all,queue-pairs,weights,
//             backbone,each-fibre,elastic,admission,mesh,transfers,windows,file] [--sizes 1e4,1e5] [--repetitions 3] [--csv]
//
// `path`, `star`, `clos` and `ring` are flows that start at once, served by the sharing of links
// alone: on one path with a class for each flow, and on the networks of the flows benchmark. The
// size is the number of flows. `path-terms` and `star-terms` are the same where classes have weights,
// floors and ceilings of their own. `all-to-all` is one exchange between so many cards of a fabric with
// ECMP, `queue-pairs` transfers over leaves in so many parts each.
//
// The others read a scenario and check it. `weights` are random flows between so many places on a
// star, of which 10,000 are run; `backbone` is what `cpnsim import` makes of a network of so many
// fibres without demands; `each-fibre` lights channels on each fibre between so many nodes;
// `elastic` are so many flows of users under a policy that orders them, half of them there at once;
// `admission` are such that mostly wait to be let in; `mesh` are 20,000 flows between so many places;
// `transfers` move data as flows, `windows` in windows that they book; `file` is so many flows that
// are written down. Peaks of memory count what the benchmark held before.
//
// An exponent of 1 means that twice the work takes twice the time.
import Glibc
import Measuring

let words = Words(
  CommandLine.arguments.dropFirst(), options: ["cases", "sizes", "repetitions"], flags: ["csv"])
guard words.rest.isEmpty else { Words.stop("unknown word \"\(words.rest[0])\"") }
let known = GrowthCase.all.map(\.name)
let names = words.list("cases") ?? known
for name in names where !known.contains(name) {
  Words.stop("\"\(name)\" is none of \(known.joined(separator: ", "))")
}
let sizes = words.list("sizes")?.map { Int(Words.number($0)) }
let repetitions = max(1, Int(words.number("repetitions") ?? 3))

let table = PrintedTable(
  ["case", "size", "CPU s", "exponent", "peak MB"], isCSV: words.has("csv"))
do {
  for entry in GrowthCase.all where names.contains(entry.name) {
    var before: (size: Int, cpu: Double)?
    for size in sizes ?? entry.sizes {
      let work = try entry.prepare(size)
      Memory.forgetPeak()
      let cpu = try medianRun(repetitions: repetitions, within: 10, cpu: { $0 }) {
        let start = cpuSeconds()
        try work()
        return cpuSeconds() - start
      }
      let exponent = before.map { log(cpu / $0.cpu) / log(Double(size) / Double($0.size)) }
      table.row([
        entry.name, "\(size)", fixed(cpu, 4), exponent.map { fixed($0, 2) } ?? "",
        fixed(Double(Memory.peak) / 1e6, 0),
      ])
      before = (size, cpu)
    }
  }
} catch {
  Words.stop("\(error)")
}
