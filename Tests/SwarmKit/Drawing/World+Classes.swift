// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension World {
  private static let lossyTransports = [
    "ideal", "tcp-reno", "tcp-cubic", "bbr", "rocev2-go-back-n", "rocev2-selective-repeat",
  ]

  mutating func drawClasses() {
    var all: [Node] = []
    for _ in 0..<draw.int(0...3) { all.append(drawClass()) }
    if hasElastic {
      // Nobody may be served before those who are promised something.
      classes.append(Class(name: "users", priority: 5))
      all.append(
        Section([
          "name": .text("users"), "priority": .number(5),
          "on_failure": .text(draw.pick(["wait", "move", "break"])),
        ]).node)
    }
    if !all.isEmpty { root["classes"] = .list(all) }
    let priorities = Set(classes.map(\.priority))
    if mood == .lossy, priorities.count > 1, draw.chance(0.5) {
      network["port"] =
        Section([
          "queueing": .text("priority"), "buffer": .size(draw.pick([15_000, 2e6])),
        ]).node
    }
  }

  private mutating func drawClass() -> Node {
    let name = name("c")
    var facts = Class(name: name, priority: draw.pick([0, 0, 1, -2]))
    var section = Section(["name": .text(name)])
    if facts.priority != 0 { section["priority"] = .number(facts.priority) }
    if draw.chance(0.5) { section["weight"] = .number(draw.pick([0.1, 0.5, 2, 7])) }
    if draw.chance(0.3) { section["ceiling"] = .rate(rate * draw.pick([0.05, 0.3, 2])) }
    let response = draw.pick(["wait", "wait", "move", "break"])
    facts.mayBreak = response == "break"
    section["on_failure"] = .text(response)
    if response != "wait" { section["patience"] = .time(duration / draw.pick([100.0, 2000])) }
    switch mood {
    case .ideal:
      if !hasElastic, draw.chance(0.3) { section["floor"] = .rate(rate / draw.pick([50.0, 1000])) }
    case .lossy: drawTransport(World.lossyTransports, &section)
    case .lossless:
      facts.isLossless = draw.chance(0.5)
      // A pause needs room for all that is under way, which the fibres of light have too much of.
      let lossless = isLit ? ["lossless-credit"] : ["lossless-credit", "lossless-pfc"]
      let kinds = facts.isLossless ? lossless : World.lossyTransports
      drawTransport(kinds, &section)
    }
    classes.append(facts)
    return section.node
  }

  private mutating func drawTransport(_ kinds: [String], _ section: inout Section) {
    let kind = draw.pick(kinds)
    section["transport"] = .text(kind)
    guard kind != "ideal" else { return }
    if draw.chance(0.3) { section["window"] = .size(draw.pick([64e3, 8e6, 1e9])) }
    if draw.chance(0.3) { section["packet"] = .size(draw.pick([1000, 1448, 9000])) }
    let isLossless = kind.hasPrefix("lossless")
    if !isLossless, draw.chance(0.3) { section["timeout"] = .time(draw.pick([1e-4, 0.2, 1])) }
    if kind.hasPrefix("tcp"), draw.chance(0.3) { section["sack"] = .bool(false) }
    // A reservation, which losses do not slow a flow below.
    if !isLossless, !hasElastic, draw.chance(0.3) {
      section["floor"] = .rate(rate / draw.pick([50.0, 1000]))
    }
  }
}
