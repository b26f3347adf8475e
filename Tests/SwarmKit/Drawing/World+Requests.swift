// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension World {
  mutating func drawRequests(isJudgedByLit: Bool) {
    let ways = (hasRing && !isJudgedByLit ? ["ring"] : []) + ["none", "none", "1+1", "restoration"]
    var all: [Node] = []
    if draw.chance(0.8) { all.append(generatedRequests(ways)) }
    if draw.chance(0.4) { all.append(listedRequests(ways)) }
    if draw.chance(0.25) || all.isEmpty { all.append(tracedRequests(ways)) }
    light["requests"] = .list(all)
    if draw.chance(0.3) { light["grooming"] = .bool(false) }
  }

  private mutating func generatedRequests(_ ways: [String]) -> Node {
    let count = draw.int(20...120)
    let hold = duration / draw.pick([5.0, 20])
    var section = Section(["name": .text(name("clients"))])
    section["arrivals"] =
      draw.chance(0.5)
      ? Section(["erlang": .number(draw.scale(1, 60))]).node
      : Section(["poisson": .text("\(Double(count) / duration * 3600) /h")]).node
    section["holding"] =
      draw.chance(0.3)
      ? Section(["fixed": .time(hold)]).node
      : Section(["exponential": Section(["mean": .time(hold), "below": .time(hold * 5)]).node])
        .node
    section["rates"] = requestRates()
    if draw.chance(0.5) {
      section["between"] = .text("all")
    } else {
      section["weights"] = weights()
    }
    section["count"] = .number(count)
    if draw.chance(0.4) { section["warm_up"] = .number(draw.int(0...count - 1)) }
    if draw.chance(0.2) { section["start"] = .time(duration / 10) }
    return Section(["generate": section.node, "protection": .text(draw.pick(ways))]).node
  }

  private mutating func requestRates() -> Node {
    switch draw.int(0...2) {
    case 0: Section(["fixed": .text("100 Gbps")]).node
    case 1:
      Section([
        "uniform": Section([
          "min": .text("25 Gbps"), "max": .text("900 Gbps"), "step": .text("25 Gbps"),
        ]).node
      ]).node
    default:
      Section(["choice": Section(["values": .names(["10 Gbps", "150 Gbps", "1 Tbps"])]).node])
        .node
    }
  }

  private mutating func listedRequests(_ ways: [String]) -> Node {
    let all = (0..<draw.int(1...5)).map { _ -> Node in
      let (from, to) = draw.two(of: nodes)
      var section = Section([
        "request": .text(name("r")), "start": .time(duration * draw.scale(0.001, 0.8)),
        "from": .text(from), "to": .text(to), "rate": .rate(draw.scale(1e10, 1e12)),
      ])
      if draw.chance(0.7) { section["hold"] = .time(duration * draw.scale(0.01, 0.5)) }
      if draw.chance(0.5) { section["protection"] = .text(draw.pick(ways)) }
      return section.node
    }
    return Section(["list": .list(all)]).node
  }

  private mutating func tracedRequests(_ ways: [String]) -> Node {
    let file = name("requests") + ".csv"
    var text = "request,start_s,source,target,rate_bps,hold_s,protection\n"
    for _ in 0..<draw.int(1...20) {
      let (from, to) = draw.two(of: nodes)
      let hold =
        draw.chance(0.8) ? "\((duration * draw.scale(0.01, 0.3) * 1e6).rounded() / 1e6)" : ""
      let start = (duration * draw.scale(0.001, 1) * 1e6).rounded() / 1e6
      text += "\(name("t")),\(start),\(from),\(to),\(draw.int(1...80))0000000000,\(hold),"
      text += draw.chance(0.5) ? "\(draw.pick(ways))\n" : "\n"
    }
    files.append((file, text))
    return Section(["trace": .text(file), "protection": .text(draw.pick(ways))]).node
  }

  /// Weights of some nodes, two at least.
  mutating func weights() -> Node {
    let some = draw.some(draw.int(2...min(4, nodes.count)), of: nodes)
    var section = Section()
    for node in some { section[node] = .number(draw.int(1...5)) }
    return section.node
  }
}
