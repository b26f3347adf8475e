// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked where tokens go.
package struct TokensReply: Equatable, Sendable, PolicyReply {
  /// A part of what a place asks for, and the site that it goes to; none where it goes nowhere.
  package struct Part: Equatable, Sendable {
    package var from = ""
    package var to: String?
    /// Nil where it holds for all services.
    package var service: String?
    package var part = 0.0
  }

  package var parts: [Part] = []
  /// When it wants to be asked again, whatever happens until then.
  package var callAt: Int64?

  static let keys = ["type", "q", "send", "refuse", "call_at"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var parts: [Part] = []
    var callAt: Int64?
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      switch key {
      case "send", "refuse":
        let isSent = key == "send"
        try reader.list("a list of objects with \"from\" and \"part\"") {
          (reader) throws(MessageFault) in
          parts.append(try Part(from: &reader, isSent: isSent))
        }
      case "call_at": callAt = try reader.whole("a time in whole nanoseconds")
      default: throw .unknown(key, among: Self.keys)
      }
    }
    (self.parts, self.callAt) = (parts, callAt)
  }
}

extension TokensReply.Part {
  fileprivate init(from reader: inout MessageReader, isSent: Bool) throws(MessageFault) {
    var (from, to, service, part) = (String?.none, String?.none, String?.none, Double?.none)
    try reader.object("an object with \"from\" and \"part\"") {
      (key, reader) throws(MessageFault) in
      switch key {
      case "from": from = try reader.text("the place that asks")
      case "to" where isSent: to = try reader.text("a site")
      case "service": service = try reader.text("the name of a service")
      case "part": part = try reader.number("a part from 0 to 1")
      default: throw .unknown(key, among: ["from"] + (isSent ? ["to"] : []) + ["service", "part"])
      }
    }
    guard let from else { throw MessageFault(found: "no \"from\"", expected: "who asks") }
    guard let part else { throw MessageFault(found: "no \"part\" of \"\(from)\"", expected: "one") }
    guard (0...1).contains(part) else {
      throw MessageFault(found: "the part \(part) of \"\(from)\"", expected: "one from 0 to 1")
    }
    guard to != nil || !isSent else {
      throw MessageFault(found: "no \"to\" for a part of \"\(from)\"", expected: "a site")
    }
    (self.from, self.to, self.service, self.part) = (from, to, service, part)
  }
}
