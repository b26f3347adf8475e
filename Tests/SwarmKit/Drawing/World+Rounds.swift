// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// Jobs that share pools by rounds, which nothing else has start or stop then.

extension World {
  /// Draws them now and then in the place of another policy, from chance of their own.
  mutating func drawRounds() {
    let before = draw
    defer { draw = before }
    draw = Draw(seed: seed, name: "swarm-rounds")
    guard draw.chance(0.2), let pools = root["pools"] else { return }
    let rounds = Section([
      "length": time(0.005, 0.1), "renewal": .time(duration * draw.pick([0, 0.05, 0.2])),
    ]).node
    let policy = draw.pick(["max-min", "max-sum", "min-makespan", "equal-shares"])
    root["placement"] = root["placement"]?.without(["moves", "preempt"])
      .setting(["policy"], .text(policy))?.setting(["rounds"], rounds)
    let list = (pools.value("list")?.elements ?? []).map { $0.without(["queue"]) }
    root["pools"] = pools.without(["registry"]).setting(["list"], .list(list))
  }
}

extension Node {
  /// A mapping without some keys.
  fileprivate func without(_ keys: Set<String>) -> Node {
    guard case .mapping(let entries) = content else { return self }
    return .mapping(entries.filter { !keys.contains($0.key) }.map { ($0.key, $0.value) })
  }
}
