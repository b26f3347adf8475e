// SPDX-License-Identifier: GPL-3.0-or-later
internal import Policies

extension FuzzTarget {
  /// An answer of a policy is refused in words, or read as the same twice.
  static let policies = FuzzTarget(
    "policies", longest: 1024,
    words: [
      "{\"type\":\"answer\",\"q\":1", "\"place\":[{\"job\":\"j1\",\"pool\":\"p\"}]",
      "\"wait\":[{\"job\":\"j2\",\"until\":9}]",
      "\"refuse\":[{\"job\":\"j3\",\"reason\":\"dear\"}]",
      "\"call_at\":", "\"delay\":", "1e3", "-1", "9223372036854775807", "1e400", "\\u0000", "}",
      ",",
    ]
  ) { bytes in
    do throws(MessageFault) {
      let reply = try PlacementReply(bytes, to: 1)
      if reply.question != 1 { return "an answer to \(reply.question)" }
      if let delay = reply.delay, delay < 0 { return "a delay of \(delay)" }
      let again = try? PlacementReply(bytes, to: 1)
      return again == reply ? nil : "the second time it is another answer"
    } catch {
      return error.problem.isEmpty ? "a fault without words" : nil
    }
  }
}
