// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// Jobs that leave their pools, and prices that change while they run.

extension World {
  /// Policies for which no pool is better than another.
  private static let chances = ["round-robin", "random", "power-of-two-choices"]

  /// Draws them now and then, from chance of their own.
  mutating func drawMoves() {
    let before = draw
    defer { draw = before }
    draw = Draw(seed: seed, name: "swarm-moves")
    guard draw.chance(0.8), let placement = root["placement"] else { return }
    let weighs = !Self.chances.contains(placement.value("policy")?.word ?? "")
    if weighs, draw.chance(0.7) {
      let moves = Section([
        "every": time(0.02, 0.2), "gain": .share(draw.pick([0.01, 0.05, 0.3])),
      ]).node
      root["placement"] = root["placement"]?.setting(["moves"], moves)
    }
    if draw.chance(0.4) {
      root["placement"] = root["placement"]?.setting(["preempt"], .bool(true))
    }
    if draw.chance(0.4) { drawSignal() }
  }

  private mutating func drawSignal() {
    let from = duration * draw.pick([0.1, 0.3, 0.6])
    var signal = Section([
      "tariff": .text(draw.pick(tariffs)), "from": .time(from), "to": .time(from + duration / 4),
      "price": .text("\(draw.int(1...500)) yuan/MWh"),
    ])
    if draw.chance(0.5) { signal["announced"] = .time(from / 2) }
    root["energy"] = root["energy"]?.setting(["signals"], .list([signal.node]))
  }
}

extension Node {
  /// The text of a scalar; nil of anything else.
  var word: String? {
    if case .scalar(let scalar) = content { return scalar.text }
    return nil
  }
}
