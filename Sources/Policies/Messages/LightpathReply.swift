// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked for the channels of a lightpath.
package struct LightpathReply: Equatable, Sendable, PolicyReply {
  package enum Decision: Equatable, Sendable {
    /// The position of a path in the question, and the first of its slots.
    case place(path: Int64, first: Int64)
    case refuse(reason: String)
  }

  package var decision: Decision

  static let keys = ["type", "q", "path", "first", "refuse"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var (path, first, refusal) = (Int64?.none, Int64?.none, String?.none)
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      switch key {
      case "path": path = try reader.whole("the position of a path, from 0 on")
      case "first": first = try reader.whole("the first of its slots, from 0 on")
      case "refuse": refusal = try reader.reason()
      default: throw .unknown(key, among: Self.keys)
      }
    }
    switch (path, first, refusal) {
    case (let path?, let first?, nil): decision = .place(path: path, first: first)
    case (nil, nil, let reason?): decision = .refuse(reason: reason)
    default:
      throw MessageFault(
        found: "neither a path with its first slot nor a refusal, or both",
        expected: "\"path\" and \"first\", or \"refuse\"")
    }
  }
}
