// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked whether an elastic flow is let in.
package struct AdmissionReply: Equatable, Sendable, PolicyReply {
  package enum Decision: Equatable, Sendable {
    /// It is let in with this tier, and begins to send at an instant; at once without.
    case accept(tier: String, begin: Int64?)
    /// It waits in line, and is asked about again.
    case wait
    case refuse(reason: String)
  }

  package var decision: Decision
  /// When it wants to be asked again about those that wait.
  package var callAt: Int64?

  static let keys = ["type", "q", "accept", "begin", "wait", "refuse", "call_at"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var decisions: [Decision] = []
    var (begin, callAt) = (Int64?.none, Int64?.none)
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      switch key {
      case "accept":
        decisions.append(.accept(tier: try reader.text("the name of a tier"), begin: nil))
      case "begin": begin = try reader.whole("a time in whole nanoseconds")
      case "wait":
        guard try reader.boolean("true") else {
          throw MessageFault(found: "false", expected: "true")
        }
        decisions.append(.wait)
      case "refuse": decisions.append(.refuse(reason: try reader.reason()))
      case "call_at": callAt = try reader.whole("a time in whole nanoseconds")
      default: throw .unknown(key, among: Self.keys)
      }
    }
    guard decisions.count == 1, var decision = decisions.first else {
      throw MessageFault(
        found: decisions.isEmpty ? "nothing that is decided" : "several decisions",
        expected: "one of accept, wait and refuse")
    }
    if let begin {
      guard case .accept(let tier, _) = decision else {
        throw MessageFault(found: "begin without accept", expected: "both")
      }
      decision = .accept(tier: tier, begin: begin)
    }
    (self.decision, self.callAt) = (decision, callAt)
  }
}
