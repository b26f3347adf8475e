// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel

/// The router's rules without bits or haste, to compare with.
struct PlainRouter {
  struct Block: Equatable {
    var path: Int
    var first: Int
    var count: Int
    /// What the assignment wants little of.
    var rank: Double
  }

  var assignment: ChannelAssignment
  var search: ChannelSearch
  /// By row and slot.
  var taken: [[Bool]]
  /// The rows of each path.
  var paths: [[Int]]
  var counts: [Int]
  var down: Set<Int>

  private var usable: [Int] { paths.indices.filter { down.isDisjoint(with: paths[$0]) } }
  private var closing: [Int] { usable.filter { counts[$0] > 0 } }

  /// All blocks that would do, in the order of paths and slots.
  var blocks: [Block] {
    closing.flatMap { path in
      starts(on: paths[path], count: counts[path]).map { first in
        Block(path: path, first: first, count: counts[path], rank: rank(path, first))
      }
    }
  }

  /// The block to take; for random assignment any of `choices`.
  var best: Block? {
    choices.min { left, right in
      (left.rank, left.first, left.path) < (right.rank, right.first, right.path)
    }
  }

  var choices: [Block] {
    let blocks = blocks
    if search == .pathFirst { return blocks.filter { $0.path == blocks[0].path } }
    guard assignment == .random else { return blocks }
    return blocks.filter { block in
      !blocks.contains { $0.first == block.first && $0.path < block.path }
    }
  }

  var reason: BlockReason {
    if usable.isEmpty { return .noRoute }
    if closing.isEmpty { return .noReach }
    let hasChannels = closing.contains { path in
      paths[path].allSatisfy { !starts(on: [$0], count: counts[path]).isEmpty }
    }
    return hasChannels ? .noContinuity : .noChannel
  }

  private func starts(on rows: [Int], count: Int) -> [Int] {
    let slots = taken.first?.count ?? 0
    guard count <= slots else { return [] }
    return (0...slots - count).filter { first in
      (first..<first + count).allSatisfy { slot in rows.allSatisfy { !taken[$0][slot] } }
    }
  }

  private func rank(_ path: Int, _ first: Int) -> Double {
    let uses = taken.reduce(0) { $0 + $1[first..<first + counts[path]].count { $0 } }
    let mean = Double(uses) / Double(counts[path])
    return switch assignment {
    case .firstFit: Double(first)
    case .lastFit: -Double(first)
    case .mostUsed: -mean
    case .leastUsed: mean
    case .random: 0
    case .bestFit: Double(freeRun(around: first, on: paths[path]))
    }
  }

  private func freeRun(around slot: Int, on rows: [Int]) -> Int {
    let free = taken[0].indices.map { slot in rows.allSatisfy { !taken[$0][slot] } }
    let below = free[..<slot].reversed().prefix { $0 }.count
    return below + free[slot...].prefix { $0 }.count
  }
}
