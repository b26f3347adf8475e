// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked how much power pools may take.
package struct PowerReply: Equatable, Sendable, PolicyReply {
  package struct Limit: Equatable, Sendable {
    /// The identifier of the pool.
    package var pool: String
    /// What its site may take; nil where it may take all it wants.
    package var watts: Double?
  }

  package var limits: [Limit] = []
  package var callAt: Int64?

  static let keys = ["type", "q", "limits", "call_at"]
  static let limitKeys = ["pool", "w"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var limits: [Limit] = []
    var callAt: Int64?
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      switch key {
      case "limits":
        try reader.list("a list of limits") { (reader) throws(MessageFault) in
          limits.append(try Self.limit(&reader))
        }
      case "call_at": callAt = try reader.whole("a time in whole nanoseconds")
      default: throw .unknown(key, among: Self.keys)
      }
    }
    (self.limits, self.callAt) = (limits, callAt)
  }

  private static func limit(_ reader: inout MessageReader) throws(MessageFault) -> Limit {
    var pool: String?
    var watts: Double?
    try reader.object("a limit: {\"pool\":...,\"w\":...}") { (key, reader) throws(MessageFault) in
      switch key {
      case "pool": pool = try reader.text("the identifier of a pool")
      case "w": watts = try reader.number("a power in watts")
      default: throw .unknown(key, among: limitKeys)
      }
    }
    guard let pool else {
      throw MessageFault(found: "a limit without pool", expected: "one of a pool")
    }
    return Limit(pool: pool, watts: watts)
  }
}
