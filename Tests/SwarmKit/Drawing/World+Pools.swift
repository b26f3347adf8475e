// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// Pools, what they pay for power, and jobs that run on them.

extension World {
  private static let types = ["H800", "A800", "cpu"]
  private static let tenants = [("bank", 2), ("school", 1), ("lab", 3)]

  /// Draws pools now and then, from chance of their own: all else of a scenario stays as it is.
  mutating func drawPools() {
    draw = Draw(seed: seed, name: "swarm-pools")
    guard !nodes.isEmpty, draw.chance(0.4) else { return }
    drawTariffs()
    var pools: [Node] = []
    for _ in 0..<draw.int(1...4) { pools.append(pool()) }
    var section = Section(["list": .list(pools)])
    if draw.chance(0.3), !hasRegistryInTheWay {
      section["registry"] =
        Section([
          "at": .text(draw.pick(nodes)), "refresh": .time(max(5, duration / 50)),
        ]).node
    }
    root["pools"] = section.node
    root["placement"] = placement()
    for _ in 0..<draw.int(1...3) { addJobs() }
    if draw.chance(0.3) { failPool() }
    drawMoves()
    drawRounds()
    if draw.chance(0.3) { root["calendar"] = Section(["start": .text("2026-02-27")]).node }
    guard let outputs = root["outputs"]?.elements else { return }
    root["outputs"] = .list(outputs + ["pools", "clusters", "energy"].map { .text($0) })
    drawBookings()
  }

  /// Reports of pools have to be there before the next are sent, and need routes that may be dark.
  private var hasRegistryInTheWay: Bool { duration < 100 || isLit }

  private mutating func drawTariffs() {
    let tariffs = ["north", "south"].map { name in
      Section([
        "name": .text(name), "sharp": .text("\(draw.int(90...130)) yuan/MWh"),
        "peak": .text("80 yuan/MWh"), "flat": .text("50 yuan/MWh"),
        "valley": .text("\(draw.int(10...30)) yuan/MWh"),
        "hours": Section([
          "sharp": .names(["11-13"]), "peak": .names(["07:30-11:30", "16-24"]),
          "valley": .names(["23-07"]),
        ]).node, "demand": .text("40 yuan/kW-month"), "carbon": .text("0.54 kg/kWh"),
        "green": .share(draw.pick([0, 0.3])),
      ]).node
    }
    var energy = Section(["tariffs": .list(tariffs)])
    if draw.chance(0.3) {
      // Above idle power, which is a seventh: below it jobs are counted with more than they can have.
      energy["power"] =
        Section([
          "above": .text("\(draw.pick([40, 60, 85])) yuan/MWh"),
          "to": .share(draw.pick([0.2, 0.5, 0.9])),
        ]).node
    }
    root["energy"] = energy.node
  }

  private mutating func pool() -> Node {
    let name = name("pool")
    pools.append(name)
    let type = draw.pick(Self.types)
    hasKnownType = hasKnownType || type != "cpu"
    var section = Section([
      "name": .text(name), "at": .text(draw.pick(nodes)),
      "accelerator": .text(type), "count": .number(draw.pick([1, 4, 16, 64])),
      "queue": .text(
        draw.pick([
          "fcfs", "sjf", "ljf", "easy", "easy-sjbf", "conservative", "priority", "preemptive",
          "fair-share", "processor-sharing",
        ])), "level": .number(draw.int(1...3)),
      "power": Section(["idle": .text("100 W"), "full": .text("700 W")]).node,
      "tariff": .text(draw.pick(["north", "south"])), "pue": .number(draw.pick([1, 1.25, 1.5])),
    ])
    tariffs.append(section["tariff"]?.word ?? "")
    if draw.chance(0.15) { section["joined"] = .bool(false) }
    if draw.chance(0.2) { section["owner"] = .text(draw.pick(Self.tenants).0) }
    if draw.chance(0.2) {
      section["failures"] =
        Section(["mean_time": time(0.5, 50), "repair": time(0.001, 0.1)]).node
    }
    return section.node
  }

  private mutating func placement() -> Node {
    var section = Section([
      "policy": .text(
        draw.pick([
          "nearest", "least-loaded", "cheapest", "greenest", "joint", "round-robin", "random",
          "power-of-two-choices", "east-data-west-computing",
        ]))
    ])
    if draw.chance(0.2) { section["latency"] = .text("\(draw.int(1...20)) ms") }
    return section.node
  }

  private mutating func failPool() {
    let event = Section([
      "at": time(0.1, 0.8), "fail_pool": .text(draw.pick(pools)), "for": time(0.01, 0.2),
    ]).node
    root["events"] = .list((root["events"]?.elements ?? []) + [event])
  }

  // MARK: - Jobs

  private mutating func addJobs() {
    var section = Section(["name": .text(name("batch"))])
    section["arrivals"] =
      Section(["poisson": .text("\(Double(draw.int(10...80)) / duration) /s")]).node
    section["accelerators"] =
      Section([
        "empirical": Section([
          "values": .numbers([1, 2, 4, 16]), "weights": .numbers([4, 3, 2, 1]),
        ]).node
      ]).node
    section["run"] = Section(["exponential": time(0.005, 0.1)]).node
    if draw.chance(0.5) {
      section["requested"] = Section(["factor": .number(draw.pick([1, 1.5, 3]))]).node
    }
    drawPlaces(of: &section)
    let (tenant, level) = draw.pick(Self.tenants)
    if draw.chance(0.6) {
      section["tenant"] = Section(["name": .text(tenant), "level": .number(level)]).node
    }
    if draw.chance(0.3) { section["priority"] = .number(draw.int(1...4)) }
    if draw.chance(0.4) { section["deadline"] = Section(["slack": .number(draw.int(1...6))]).node }
    if draw.chance(0.3), hasKnownType {
      section["runs_on"] = Section(["H800": .number(1.0), "A800": .number(0.5)]).node
    }
    if draw.chance(0.3) {
      section["checkpoint"] =
        Section(["every": time(0.002, 0.05), "takes": time(1e-4, 1e-3)]).node
    }
    if draw.chance(0.2) { section["to"] = Section(["pool": .text(draw.pick(pools))]).node }
    traffic.append(Section(["jobs": section.node]).node)
  }

  private mutating func drawPlaces(of section: inout Section) {
    // Without links nothing can move.
    let canMove = !isLit && !links.isEmpty
    switch draw.int(0...2) {
    case 0 where canMove:
      section["input"] =
        Section([
          "size": Section(["exponential": .size(typicalSize)]).node,
          "from": .names([draw.pick(nodes)]),
        ]).node
      guard draw.chance(0.5) else { return }
      section["output"] =
        Section([
          "size": Section(["fixed": .size(typicalSize / 4)]).node, "to": .text(draw.pick(nodes)),
        ]).node
    case 1: section["from"] = .text(draw.pick(nodes))
    default: break
    }
  }
}
