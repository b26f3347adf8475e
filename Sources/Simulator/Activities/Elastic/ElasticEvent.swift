// SPDX-License-Identifier: GPL-3.0-or-later

/// What can happen to elastic flows, apart from their end.
enum ElasticEvent: RunEvent {
  /// The next flow of an entry arrives.
  case arrives(entry: Int32)
  /// The first byte of a flow has crossed its path.
  case begins(flow: ElasticID)
  /// A flow has waited to be let in for as long as it would.
  case patienceEnds(entry: Int32, number: Int32)
  /// A policy outside wants to be asked again.
  case policyIsCalled

  var mark: EventMark? {
    switch self {
    case .arrives(let index): EventMark(80, index)
    case .begins(let index): EventMark(81, index)
    case .patienceEnds(_, let index): EventMark(82, index)
    case .policyIsCalled: EventMark(83, Int32(0))
    }
  }
}
