// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked who starts on a pool.
package struct QueueReply: Equatable, Sendable, PolicyReply {
  /// The names of jobs that start, in this order.
  package var start: [String] = []
  /// The names of jobs that are stopped for them.
  package var stop: [String] = []
  /// When it wants to be asked again, whatever happens until then.
  package var callAt: Int64?

  static let keys = ["type", "q", "start", "stop", "call_at"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var reply = (start: [String](), stop: [String](), callAt: Int64?.none)
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      switch key {
      case "start": reply.start += try reader.names("a list of jobs")
      case "stop": reply.stop += try reader.names("a list of jobs")
      case "call_at": reply.callAt = try reader.whole("a time in whole nanoseconds")
      default: throw .unknown(key, among: Self.keys)
      }
    }
    (start, stop, callAt) = reply
  }
}
