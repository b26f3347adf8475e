// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked by which path a flow crosses a fabric.
package struct BalancingReply: Equatable, Sendable, PolicyReply {
  /// The position of a path in the question.
  package var path: Int64

  static let keys = ["type", "q", "path"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var path: Int64?
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      guard key == "path" else { throw .unknown(key, among: Self.keys) }
      path = try reader.whole("the position of a path, from 0 on")
    }
    guard let path else { throw MessageFault(found: "no \"path\"", expected: "its position") }
    self.path = path
  }
}
