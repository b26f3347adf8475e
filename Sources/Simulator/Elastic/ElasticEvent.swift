// SPDX-License-Identifier: GPL-3.0-or-later

/// What can happen to elastic flows, apart from their end.
enum ElasticEvent: BitwiseCopyable {
  /// The next flow of an entry arrives.
  case arrives(entry: Int32)
  /// The first byte of a flow has crossed its path.
  case begins(flow: Int32)
  /// A flow has waited to be let in for as long as it would.
  case patienceEnds(entry: Int32, number: Int32)

  /// The number that stands for the case in the digest, behind those of other happenings.
  var kind: UInt8 {
    switch self {
    case .arrives: 80
    case .begins: 81
    case .patienceEnds: 82
    }
  }

  var subject: Int {
    switch self {
    case .arrives(let index), .begins(let index): Int(index)
    case .patienceEnds(_, let number): Int(number)
    }
  }
}
