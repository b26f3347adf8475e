// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked what elastic flows get.
package struct BandwidthReply: Equatable, Sendable, PolicyReply {
  package struct Rate: Equatable, Sendable {
    package var flow: String
    /// In bit/s.
    package var rate: Double
  }

  /// The names of flows in the order in which each takes all that it can.
  package var order: [String] = []
  /// Flows that get just so much, before the others take anything.
  package var rates: [Rate] = []
  /// When it wants to be asked again, whatever happens until then.
  package var callAt: Int64?

  static let keys = ["type", "q", "order", "rates", "call_at"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var (order, rates, callAt) = ([String](), [Rate](), Int64?.none)
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      switch key {
      case "order": order += try reader.names("a list of flows")
      case "rates":
        try reader.list("a list of objects with \"flow\" and \"rate\"") {
          (reader) throws(MessageFault) in rates.append(try Rate(from: &reader))
        }
      case "call_at": callAt = try reader.whole("a time in whole nanoseconds")
      default: throw .unknown(key, among: Self.keys)
      }
    }
    (self.order, self.rates, self.callAt) = (order, rates, callAt)
  }
}

extension BandwidthReply.Rate {
  fileprivate init(from reader: inout MessageReader) throws(MessageFault) {
    var (flow, rate) = (String?.none, Double?.none)
    try reader.object("an object with \"flow\" and \"rate\"") {
      (key, reader) throws(MessageFault) in
      switch key {
      case "flow": flow = try reader.text("the name of a flow")
      case "rate": rate = try reader.number("a rate in bit/s")
      default: throw .unknown(key, among: ["flow", "rate"])
      }
    }
    guard let flow else { throw MessageFault(found: "no \"flow\"", expected: "its name") }
    guard let rate else {
      throw MessageFault(found: "no \"rate\" for \"\(flow)\"", expected: "one")
    }
    (self.flow, self.rate) = (flow, rate)
  }
}
