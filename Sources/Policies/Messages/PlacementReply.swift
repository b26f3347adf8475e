// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked where jobs go.
public struct PlacementReply: Equatable, Sendable {
  public enum Decision: Equatable, Sendable {
    /// It goes to the pool with this identifier.
    case place(pool: String)
    /// It is asked about again at an instant; without one, when something has changed.
    case wait(until: Int64?)
    /// It never runs, for this reason.
    case refuse(reason: String)
  }

  public var question: Int64
  /// By the names of jobs, in the order of the answer.
  public var decisions: [(job: String, decision: Decision)] = []
  /// When it wants to be asked about all jobs that wait.
  public var callAt: Int64?
  /// How long the decision takes in simulated time; nil for what the scenario says.
  public var delay: Int64?

  public static func == (left: PlacementReply, right: PlacementReply) -> Bool {
    left.question == right.question && left.callAt == right.callAt && left.delay == right.delay
      && left.decisions.map(\.job) == right.decisions.map(\.job)
      && left.decisions.map(\.decision) == right.decisions.map(\.decision)
  }
}

extension PlacementReply: PolicyReply {
  /// The keys of an answer and of its parts.
  static let keys = ["type", "q", "place", "wait", "refuse", "call_at", "delay"]

  /// Reads the answer to the question of that number.
  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var reply = PlacementReply(question: Int64(question))
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      try reply.read(key, from: &reader)
    }
    self = reply
  }

  private mutating func read(
    _ key: String, from reader: inout MessageReader
  ) throws(MessageFault) {
    switch key {
    case "call_at": callAt = try reader.whole("a time in whole nanoseconds")
    case "delay":
      let value = try reader.whole("a time in whole nanoseconds")
      guard value >= 0 else { throw MessageFault(found: "\(value)", expected: "0 or more") }
      delay = value
    case "place": try readParts("pool", from: &reader)
    case "wait": try readParts("until", from: &reader)
    case "refuse": try readParts("reason", from: &reader)
    default: throw .unknown(key, among: Self.keys)
    }
  }

  /// Reads a list of jobs, each with what is decided of it.
  private mutating func readParts(
    _ what: String, from reader: inout MessageReader
  ) throws(MessageFault) {
    var parts = decisions
    try reader.list("a list of objects with \"job\" and \"\(what)\"") {
      (reader) throws(MessageFault) in
      var job: String?
      var decision: Decision? = what == "until" ? .wait(until: nil) : nil
      try reader.object("an object with \"job\" and \"\(what)\"") {
        (key, reader) throws(MessageFault) in
        switch key {
        case "job": job = try reader.text("the name of a job")
        case what: decision = try Self.decision(what, from: &reader)
        default: throw .unknown(key, among: ["job", what])
        }
      }
      guard let job else { throw MessageFault(found: "no \"job\"", expected: "its name") }
      guard let decision else {
        throw MessageFault(found: "no \"\(what)\" for \"\(job)\"", expected: "one")
      }
      parts.append((job, decision))
    }
    decisions = parts
  }

  private static func decision(
    _ what: String, from reader: inout MessageReader
  ) throws(MessageFault) -> Decision {
    switch what {
    case "pool": return .place(pool: try reader.text("the identifier of a pool"))
    case "until": return .wait(until: try reader.whole("a time in whole nanoseconds"))
    default:
      return .refuse(reason: try reader.reason())
    }
  }
}
