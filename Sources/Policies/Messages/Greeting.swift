// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// How a policy introduces itself: which version of the messages it speaks, and what it answers.
struct Greeting: Equatable {
  /// The version of the messages.
  static let version: Int64 = 1
  var seams: [String] = []

  /// Reads its line, which has to greet; it answers all that it is going to be asked.
  init(_ line: [UInt8], asked: [String]) throws(MessageFault) {
    let seams = try line.message { (reader) throws(MessageFault) in
      try Self.seams(from: &reader)
    }
    self.seams = seams
    if let other = seams.first(where: { !asked.contains($0) }) {
      throw MessageFault(
        found: "\"\(other)\" in answers", expected: asked.joined(separator: ", "))
    }
    if let missing = asked.first(where: { !seams.contains($0) }) {
      throw MessageFault(
        found: "no \"\(missing)\" in answers", expected: "what the scenario has it decide")
    }
  }

  private static func seams(from reader: inout MessageReader) throws(MessageFault) -> [String] {
    var type: String?
    var version: Int64?
    var seams: [String] = []
    try reader.object("a greeting: {\"type\":\"hello\",\"v\":1,\"answers\":[...]}") {
      (key, reader) throws(MessageFault) in
      switch key {
      case "type": type = try reader.text("\"hello\"")
      case "v": version = try reader.whole("the version of the messages, 1")
      case "answers":
        try reader.list("a list of what it answers") { (reader) throws(MessageFault) in
          seams.append(try reader.text("what it answers, such as \"placement\""))
        }
      // What it says beyond that, as its name, is for people who read the transcript.
      default: try reader.skip()
      }
    }
    try reader.end()
    guard type == "hello" else {
      throw MessageFault(found: type.map { "type \"\($0)\"" } ?? "no type", expected: "\"hello\"")
    }
    guard version == Self.version else {
      throw MessageFault(
        found: version.map { "version \($0) of the messages" } ?? "no version \"v\"",
        expected: "1, the one that this program speaks")
    }
    return seams
  }
}

extension [UInt8] {
  /// Reads the whole of a line as one message.
  func message<Value>(
    _ read: (inout MessageReader) throws(MessageFault) -> Value
  ) throws(MessageFault) -> Value {
    let result = withUnsafeBufferPointer { bytes in
      Result { () throws(MessageFault) in
        var reader = MessageReader(bytes)
        return try read(&reader)
      }
    }
    return try result.get()
  }
}
