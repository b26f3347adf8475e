// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Studies

/// A part of a study, as a word of the command line.
struct ShardArgument: ArgumentValue {
  let shard: Shard

  static let whole = ShardArgument(shard: .whole)
  static var valueName: String { "part such as 3/8" }
  var argumentText: String { shard == .whole ? "" : "\(shard.index)/\(shard.count)" }

  init(shard: Shard) {
    self.shard = shard
  }

  init?(argument: String) {
    guard let shard = Shard(argument) else { return nil }
    self.shard = shard
  }
}
