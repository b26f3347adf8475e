// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// A pool or a link with a long line before it, and terms of jobs that are rarely drawn together
// otherwise.

extension World {
  /// Draws flows now and then that wait for each other between two nodes, or that lose patience with a
  /// link that is down, from chance of their own.
  mutating func drawFlowLines() {
    let before = draw
    defer { draw = before }
    draw = Draw(seed: seed, name: "swarm-flow-lines")
    // Beside other classes it would have to be promised what admission promises.
    guard !isLit, nodes.count > 1, root["classes"] == nil, draw.chance(0.9) else { return }
    guard draw.chance(0.5) || links.isEmpty else { return addImpatient() }
    let (from, to) = draw.two(of: nodes)
    let count = draw.int(10...40)
    let tier = Section(["name": .text("all"), "ceiling": .rate(rate * 2)])
    let elastic = Section([
      "name": .text(name("queue")), "count": .number(count),
      "arrivals": Section(["poisson": .text("\(Double(count) / duration * 3600) /h")]).node,
      // More than links can carry.
      "sizes": Section(["exponential": .size(4 * rate * duration / 8 / Double(count))]).node,
      "pairs": .list([Section(["from": .text(from), "to": .text(to)]).node]),
      "tiers": .list([tier.node]),
      "scheduling": .text(draw.pick(["smallest-first", "smallest-first", "fair"])),
    ])
    traffic.append(Section(["elastic": elastic.node]).node)
  }

  /// Flows of a class that breaks off, over links of which one is down for longer than it waits.
  private mutating func addImpatient() {
    let patience = duration / 200
    root["classes"] = .list([
      Section([
        "name": .text("hasty"), "on_failure": .text("break"), "patience": .time(patience),
      ]).node
    ])
    let count = draw.int(40...100)
    let flows = Section([
      "name": .text(name("hasty")), "count": .number(count),
      "arrivals": Section(["poisson": .text("\(Double(count) / duration * 3600) /h")]).node,
      "sizes": Section(["fixed": .size(rate * duration / 8 / 20)]).node,
      "weights": weights(),
    ])
    traffic.append(Section(["generate": flows.node, "class": .text("hasty")]).node)
    let event = Section([
      "at": .time(duration / 3), "fail": .text(draw.pick(links)), "for": .time(patience * 20),
    ]).node
    root["events"] = .list((root["events"]?.elements ?? []) + [event])
  }

  /// Draws them now and then beside other pools, from chance of their own.
  mutating func drawLines() {
    let before = draw
    defer { draw = before }
    draw = Draw(seed: seed, name: "swarm-lines")
    guard let pools = root["pools"]?.value("list")?.elements, draw.chance(0.6),
      root["placement"]?.value("rounds") == nil
    else { return }
    let queue = draw.pick(["easy", "easy-sjbf", "preemptive", "conservative"])
    let name = name("line")
    let line = Section([
      "name": .text(name), "at": .text(draw.pick(nodes)), "accelerator": .text("H800"),
      "count": .number(16), "queue": .text(queue),
      // All pools of the swarm take the same, so that sums over them say what jobs took.
      "power": Section(["idle": .text("100 W"), "full": .text("700 W")]).node,
      "tariff": .text(draw.pick(tariffs)),
    ])
    root["pools"] = root["pools"]?.setting(["list"], .list(pools + [line.node]))
    for _ in 0..<2 { addLine(on: name, queue) }
    addOverdue(on: draw.pick([name] + pools.compactMap { $0.value("name")?.word }))
    if draw.chance(0.5) { addNear() }
  }

  /// Jobs that ask for more of a pool than it has.
  private mutating func addLine(on pool: String, _ queue: String) {
    let length = draw.scale(0.01, 0.1)
    // Half the pool and more on average, so that some always wait.
    let rate = draw.pick([0.8, 1.5]) * 16 / 5 / (length * duration)
    var section = Section([
      "name": .text(name("line")), "to": Section(["pool": .text(pool)]).node,
      "arrivals": Section(["poisson": .text("\(rate) /s")]).node, "count": .number(60),
      "run": Section(["exponential": .time(length * duration)]).node,
      "accelerators": Section([
        "empirical": Section(["values": .numbers([1, 2, 4, 12, 16])]).node
      ]).node,
    ])
    if queue == "preemptive" {
      section["priority"] = .number(draw.int(1...3))
    } else if draw.chance(0.5) {
      section["requested"] = Section(["factor": .number(draw.pick([1.5, 3]))]).node
    }
    if draw.chance(0.3) { section["checkpoint"] = Section(["every": time(0.002, 0.05)]).node }
    if queue == "conservative" {
      section["reserve"] = Section(["if_refused": .text(draw.pick(["refuse", "queue"]))]).node
      section["deadline"] = Section(["slack": .number(draw.pick([1, 1.5, 3]))]).node
    }
    traffic.append(Section(["jobs": section.node]).node)
  }

  /// Jobs that take longer than they ask for, and are ended.
  private mutating func addOverdue(on pool: String) {
    let jobs = (0..<draw.int(1...4)).map { _ in
      let run = duration * draw.scale(0.01, 0.2)
      return Section([
        "job": .text(name("late")), "submit": time(0.01, 0.5), "run": .time(run),
        "requested": .time(run * draw.pick([0.3, 0.8, 1.5])),
      ]).node
    }
    let section = Section([
      "name": .text(name("overdue")), "list": .list(jobs),
      "to": Section(["pool": .text(pool)]).node,
    ])
    traffic.append(Section(["jobs": section.node]).node)
  }

  /// Jobs for whose answers somebody waits.
  private mutating func addNear() {
    let section = Section([
      "name": .text(name("near")), "from": .text(draw.pick(nodes)),
      "latency": .text("\(draw.scale(50, 20_000).rounded()) us"),
      "arrivals": Section(["poisson": .text("\(Double(draw.int(3...20)) / duration) /s")]).node,
      "accelerators": Section(["fixed": .number(1)]).node,
      "run": Section(["exponential": time(0.005, 0.1)]).node,
    ])
    traffic.append(Section(["jobs": section.node]).node)
  }
}
