// SPDX-License-Identifier: GPL-3.0-or-later

/// What can happen in a run, apart from the end of flows, which the fluid system tells itself.
enum Happening: BitwiseCopyable {
  /// The next flow of a source arrives.
  case flowArrives(source: Int32)
  /// The first byte of a flow has crossed its path; from now on it shares bandwidth.
  case flowStarts(waiting: Int32)
  case linkChanges(change: Int32)
  case linksAreSampled

  /// The number that stands for the case in the digest.
  var kind: UInt8 {
    switch self {
    case .flowArrives: 1
    case .flowStarts: 2
    case .linkChanges: 3
    case .linksAreSampled: 4
    }
  }

  /// Kind 5 is the end of a flow.
  static let flowFinishes: UInt8 = 5

  var subject: Int {
    switch self {
    case .flowArrives(let source): Int(source)
    case .flowStarts(let waiting): Int(waiting)
    case .linkChanges(let change): Int(change)
    case .linksAreSampled: 0
    }
  }
}
