// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import Studies

/// A part of a study, as a word of the command line.
enum ShardArgument: ArgumentValue {
  case part(Shard)
  /// That of the task which a cluster has started.
  case auto

  static let whole = ShardArgument.part(.whole)
  static var valueName: String { "part such as 3/8 or auto" }

  var argumentText: String {
    switch self {
    case .part(.whole): ""
    case .part(let shard): "\(shard.index)/\(shard.count)"
    case .auto: "auto"
    }
  }

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let shard = Shard(argument) {
      self = .part(shard)
    } else {
      return nil
    }
  }

  func shard() throws(NoArrayTask) -> Shard {
    switch self {
    case .part(let shard): shard
    case .auto: try ArrayTask { name in getenv(name).map { String(cString: $0) } }.shard()
    }
  }
}
