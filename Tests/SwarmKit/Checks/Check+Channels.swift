// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator

extension Check {
  /// Channels are chosen as the scenario says, found by taking all of them once more.
  static let channels = [
    Check(name: "channels are assigned by their rule") { run, found in
      ChannelReplay(run)?.check(&found)
    }
  ]
}

/// Takes and frees the channels of a fixed grid in the order of lightpaths.csv.
private struct ChannelReplay {
  private struct Lit {
    var name: String
    var number: Int
    var fibres: [Int]
    var channel: Int
    var from: Int64
    var to: Int64
  }

  private let all: [Lit]
  private let assignment: ChannelAssignment
  private let count: Int

  /// Nil where a path or a channel is no single one, or halves of the grid are set apart.
  init?(_ run: SwarmRun) {
    let light = run.model.light
    guard run.has("lightpaths"), light.isTwoWay, !light.usesRings, !light.allowsRegeneration,
      !light.allowsConversion, light.interference == .fullLoad, light.assignment != .random
    else { return nil }
    let ends = light.plant.fibres.map { Set([$0.first, $0.second]) }
    guard Set(ends).count == ends.count else { return nil }
    var lit: [Lit] = []
    for row in run.rows("lightpaths") {
      guard let channel = Int(row["channel"]), let number = Int(row["lightpath"].dropFirst())
      else { return nil }
      lit.append(
        Lit(
          name: row["lightpath"], number: number,
          fibres: Slot.fibres(of: row.parts("path"), in: run.model), channel: channel - 1,
          from: row.nanoseconds("lit_s") ?? 0, to: row.nanoseconds("dark_s") ?? .max))
    }
    all = lit.sorted { ($0.from, $0.number) < ($1.from, $1.number) }
    assignment = light.assignment
    count = light.grid.count
  }

  func check(_ found: inout Findings) {
    let darks = Set(all.map(\.to))
    for (place, lightpath) in all.enumerated() {
      // What is freed in the same nanosecond may be free already or not.
      guard !darks.contains(lightpath.from) else { continue }
      let taken = all[..<place].filter { $0.to > lightpath.from }
      guard let expected = choice(on: lightpath.fibres, beside: taken) else { continue }
      found.require(
        lightpath.channel == expected,
        "\(lightpath.name) has channel \(lightpath.channel + 1), by \(assignment) it is \(expected + 1)"
      )
    }
  }

  private func choice(on fibres: [Int], beside taken: [Lit]) -> Int? {
    var uses = [Int](repeating: 0, count: count)
    var isTaken = [Bool](repeating: false, count: count)
    for other in taken where other.channel < count {
      uses[other.channel] += other.fibres.count
      if !Set(other.fibres).isDisjoint(with: fibres) { isTaken[other.channel] = true }
    }
    let free = (0..<count).filter { !isTaken[$0] }
    switch assignment {
    case .firstFit: return free.first
    case .lastFit: return free.last
    case .mostUsed: return free.min { (-uses[$0], $0) < (-uses[$1], $1) }
    case .leastUsed: return free.min { (uses[$0], $0) < (uses[$1], $1) }
    case .bestFit: return free.min { (run(at: $0, isTaken), $0) < (run(at: $1, isTaken), $1) }
    case .random: return nil
    }
  }

  /// The length of the run of free channels that one is in.
  private func run(at channel: Int, _ isTaken: [Bool]) -> Int {
    var (low, high) = (channel, channel)
    while low > 0, !isTaken[low - 1] { low -= 1 }
    while high + 1 < isTaken.count, !isTaken[high + 1] { high += 1 }
    return high - low
  }
}
