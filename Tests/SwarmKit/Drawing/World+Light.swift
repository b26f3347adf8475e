// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension World {
  /// Fibres in a cycle over all nodes, so that every pair has two disjoint routes, and chords.
  mutating func drawFibres() {
    var pairs: [(Int, Int)] = nodes.indices.map { ($0, ($0 + 1) % nodes.count) }
    for _ in 0..<draw.int(0...2) {
      let first = draw.int(0...nodes.count - 3)
      let chord = (first, draw.int(first + 2...nodes.count - 1))
      if chord != (0, nodes.count - 1), !pairs.contains(where: { $0 == chord }) {
        pairs.append(chord)
      }
    }
    fibres = pairs.indices.map { "f\($0)" }
    let all = zip(fibres, pairs).map { name, pair in
      var section = Section([
        "name": .text(name), "between": .names([nodes[pair.0], nodes[pair.1]]),
        "length": .text("\(draw.int(20...500)) km"),
      ])
      if draw.chance(0.2) { section["line"] = Section(["span": .text("60 km")]).node }
      return section.node
    }
    network["fibres"] = .list(all)
    if draw.chance(0.6) {
      hasRing = true
      network["rings"] = .list([
        Section(["name": .text("ring"), "fibres": .names(Array(fibres.prefix(nodes.count)))]).node
      ])
    }
  }

  mutating func drawLight() {
    let isJudgedByLit = draw.chance(0.15)
    let isOneWay = !isJudgedByLit && draw.chance(0.1)
    let isFlexible = draw.chance(0.2)
    light["grid"] = grid(isFlexible: isFlexible)
    if isJudgedByLit {
      light["interference"] = .text("lit")
    } else {
      drawRating(isFlexible: isFlexible)
      if draw.chance(0.15) { light["regeneration"] = .bool(true) }
      if draw.chance(0.15) { light["conversion"] = .bool(true) }
      if draw.chance(0.2) { light["search"] = .text("channel-first") }
    }
    light["paths"] =
      Section([
        "count": .number(draw.int(3...6)),
        "by": .text(draw.pick(["km", "km", "hops", "delay", "spectrum"])),
      ]).node
    light["assignment"] = .text(
      draw.pick(["first-fit", "best-fit", "last-fit", "most-used", "least-used", "random"]))
    drawTimesOfLight()
    if draw.chance(0.2) { light["launch_power"] = .text(draw.pick(["-1 dBm", "0 dBm"])) }
    if draw.chance(0.2) { light["margin"] = .text("1 dB") }
    if draw.chance(0.2) { light["line"] = Section(["noise_figure": .text("4.5 dB")]).node }
    if draw.chance(0.2) { light["delay"] = Section(["per_hop": .text("0 s")]).node }
    if isOneWay {
      light["direction"] = .text("one-way")
    } else {
      drawLitLinks(mayProtectRings: hasRing && !isJudgedByLit, isFlexible: isFlexible)
    }
    // Without links there must be something else that asks for light.
    if isOneWay || draw.chance(0.6) { drawRequests(isJudgedByLit: isJudgedByLit) }
    if draw.chance(0.3) { drawFailures() }
  }

  private mutating func grid(isFlexible: Bool) -> Node {
    if isFlexible {
      return Section([
        "first": .text("191.325 THz"), "slots": .number(draw.int(160...384)),
        "guard": .number(draw.int(0...2)),
      ]).node
    }
    if draw.chance(0.5) { return .text(draw.pick(["50-ghz", "75-ghz", "150-ghz"])) }
    return Section([
      "first": .text("191.35 THz"), "spacing": .text("100 GHz"),
      "channels": .number(draw.int(12...40)),
    ]).node
  }

  private mutating func drawRating(isFlexible: Bool) {
    guard draw.chance(0.3) else { return }
    let key = isFlexible ? "efficiency" : "rate"
    func step(_ rate: String, _ efficiency: Double) -> Node {
      isFlexible ? .number(efficiency) : .text(rate)
    }
    light["reach"] = .list([
      Section(["up_to": .text("600 km"), key: step("400 Gbps", 4)]).node,
      Section([key: step("100 Gbps", 2)]).node,
    ])
  }

  private mutating func drawTimesOfLight() {
    guard draw.chance(0.5) else { return }
    light["setup"] = .time(duration / 500)
    light["teardown"] = .time(duration / 1000)
    light["idle"] = .time(duration / 300)
    light["switching"] =
      Section([
        "protection": .time(duration / 1000), "ring": .time(duration / 800),
        "restoration": .time(duration / 200),
      ]).node
  }

  private mutating func drawLitLinks(mayProtectRings: Bool, isFlexible: Bool) {
    var all: [Node] = []
    let ways = (mayProtectRings ? ["ring"] : []) + ["none", "none", "1+1", "restoration"]
    // One link over each fibre of the cycle joins all nodes.
    for index in nodes.indices {
      let name = name("w")
      var section = Section([
        "name": .text(name), "between": .names([nodes[index], nodes[(index + 1) % nodes.count]]),
        "channels": .number(draw.int(1...3)),
      ])
      let protection = draw.pick(ways)
      if protection == "ring" { section["route"] = .names([fibres[index]]) }
      section["protection"] = .text(protection)
      if isFlexible { section["rate"] = .text("100 Gbps") }
      if draw.chance(0.25) { section["automatic"] = automatic() }
      if draw.chance(0.2) { section["on_demand"] = .bool(true) }
      if draw.chance(0.2) { section["kind"] = .text(draw.pick(World.kinds)) }
      litLinks.append(name)
      all.append(section.node)
    }
    light["links"] = .list(all)
  }

  private mutating func automatic() -> Node {
    Section([
      "above": .share(0.8), "below": .share(0.3), "most": .number(draw.int(4...6)),
      "least": .number(1), "every": .time(duration / draw.pick([10.0, 40])),
    ]).node
  }

  private mutating func drawFailures() {
    var section = Section()
    let perHour = 3600 / duration
    if draw.chance(0.6) {
      section["cuts"] =
        Section([
          "per_1000_km": .text("\(perHour * draw.scale(0.5, 4)) /h"),
          "repair": .time(duration / 10),
        ]).node
    }
    if draw.chance(0.4) {
      section["amplifiers"] = component()
    }
    if draw.chance(0.4) || section.isEmpty { section["transponders"] = component() }
    light["failures"] = section.node
  }

  private mutating func component() -> Node {
    Section([
      "lifetime": .time(duration * draw.scale(3, 50)), "repair": .time(duration / 15),
    ]).node
  }
}
