// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A part of the runs of a study: `3/8` is the third of eight.
///
/// Which runs a part has depends on the study alone, so that parts run anywhere, in any order.
public struct Shard: Equatable, Sendable {
  /// From 1 on.
  public let index: Int
  public let count: Int

  public static let whole = Shard(index: 1, count: 1)

  public init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Nil for a text that is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      count <= Shard.most, index >= 1, index <= count
    else { return nil }
    self.init(index: index, count: count)
  }

  public static let most = 1_000_000

  /// Whether it has a run.
  func has(cell: Int, seed: Int, of study: Study) -> Bool {
    count <= 1 || Shard.index(ofCell: cell, seed: seed, count: count, in: study) == index
  }

  /// Which of so many shards has a run; variants stay together where there are enough of them.
  ///
  /// A variant that is run until an interval is narrow is never divided.
  static func index(ofCell cell: Int, seed: Int, count: Int, in study: Study) -> Int {
    switch study.replications {
    case .until: return cell % count + 1
    case .seeds(let seeds):
      let isByCell = study.cellCount >= 4 * count
      return (isByCell ? cell : cell * seeds + seed - 1) % count + 1
    }
  }

  /// The name of its file of records.
  var fileName: String { "\(index)-of-\(count).records" }
}
