// SPDX-License-Identifier: GPL-3.0-or-later
// The hold model: with n events pending, pop one and push it again later. Prints the median CPU
// time of a hold in nanoseconds for each n and each distribution of the increments.
import EventKernel
import Measuring

struct Payload: BitwiseCopyable {
  var kind: UInt64
  var subject: UInt64
}

func hold(_ count: Int, _ queue: inout EventQueue<Payload>, _ table: [Int64]) {
  var draw = 0
  for _ in 0..<count {
    guard let (time, event) = queue.pop() else { return }
    draw = (draw + 1) & 65_535
    queue.push(event, at: SimTime(nanoseconds: time.nanoseconds + table[draw]))
  }
}

/// Holds as a simulator does them: each moves one more event, the next completion, to a new time.
func holdMoving(_ count: Int, _ queue: inout EventQueue<Payload>, _ table: [Int64]) {
  var draw = 0
  var completion = EventHandle.none
  for _ in 0..<count {
    guard let (time, event) = queue.pop() else { return }
    draw = (draw + 1) & 65_535
    queue.push(event, at: SimTime(nanoseconds: time.nanoseconds + table[draw]))
    let next = SimTime(nanoseconds: time.nanoseconds + table[65_535 - draw] / 2)
    if !queue.reschedule(completion, to: next) { completion = queue.push(event, at: next) }
    // The completion that comes up here is one event more than those that are held.
    if queue.nextTime == next, queue.cancel(completion) { completion = .none }
  }
}

/// Nanoseconds of CPU time per hold: the median of several measurements of one queue.
func holdTime(pending: Int, increments: Increments, repetitions: Int, moving: Bool = false)
  -> Double
{
  let table = increments.table(seed: 1)
  var queue = EventQueue<Payload>()
  for index in 0..<pending {
    let time = SimTime(nanoseconds: table[index & 65_535] + Int64(index & 1023))
    queue.push(Payload(kind: 0, subject: UInt64(index)), at: time)
  }
  hold(max(2 * pending, 100_000), &queue, table)
  let holds = max(1_000_000, pending)
  var times = (0..<repetitions).map { _ in
    let start = cpuSeconds()
    if moving { holdMoving(holds, &queue, table) } else { hold(holds, &queue, table) }
    return (cpuSeconds() - start) / Double(holds) * 1e9
  }
  times.sort()
  return times[times.count / 2]
}

func padded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

let sizes =
  CommandLine.arguments.count > 1
  ? CommandLine.arguments.dropFirst().compactMap { Int($0) }
  : [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

print(padded("pending", 12) + sizes.map { padded("\($0)", 10) }.joined() + "   ns a hold")
func printRow(_ name: String, _ increments: Increments, moving: Bool = false) {
  let cells = sizes.map { size in
    let time = holdTime(pending: size, increments: increments, repetitions: 7, moving: moving)
    return padded("\((time * 10).rounded() / 10)", 10)
  }
  print(padded(name, 12) + cells.joined())
}

for increments in Increments.allCases { printRow(increments.rawValue, increments) }
printRow("moving", .exponential, moving: true)
