// SPDX-License-Identifier: GPL-3.0-or-later
internal import Policies

extension FuzzTarget {
  /// An answer of a policy, at any seam, is refused in words, or read as the same twice.
  static let policies = FuzzTarget(
    "policies", longest: 1024,
    words: [
      "{\"type\":\"answer\",\"q\":1", "\"place\":[{\"job\":\"j1\",\"pool\":\"p\"}]",
      "\"wait\":[{\"job\":\"j2\",\"until\":9}]",
      "\"refuse\":[{\"job\":\"j3\",\"reason\":\"dear\"}]",
      "\"call_at\":", "\"delay\":", "\"start\":[\"j1\"]", "\"stop\":[\"j2\"]",
      "\"send\":[{\"from\":\"a\",\"to\":\"b\",\"part\":0.5}]",
      "\"refuse\":[{\"from\":\"a\",\"service\":\"chat\",\"part\":1}]",
      "\"order\":[\"f1\"]", "\"rates\":[{\"flow\":\"f2\",\"rate\":1e9}]", "\"accept\":\"gold\"",
      "\"begin\":", "\"wait\":true", "\"refuse\":\"full\"", "1e3", "-1", "9223372036854775807",
      "1e400", "\\u0000", "}", ",",
    ]
  ) { bytes in
    flaw(of: PlacementReply.self, in: bytes) { reply in
      if reply.question != 1 { return "an answer to \(reply.question)" }
      return (reply.delay ?? 0) < 0 ? "a negative delay" : nil
    }
      ?? flaw(of: QueueReply.self, in: bytes) { _ in nil }
      ?? flaw(of: PreemptionReply.self, in: bytes) { _ in nil }
      ?? flaw(of: TokensReply.self, in: bytes) { reply in
        reply.parts.allSatisfy { (0...1).contains($0.part) } ? nil : "a part out of 0 to 1"
      }
      ?? flaw(of: BandwidthReply.self, in: bytes) { reply in
        reply.rates.allSatisfy { $0.rate.isFinite } ? nil : "a rate without end"
      }
      ?? flaw(of: AdmissionReply.self, in: bytes) { reply in
        if case .refuse(let reason) = reply.decision, reason.isEmpty { "no reason" } else { nil }
      }
  }

  private static func flaw<Reply: PolicyReply & Equatable>(
    of type: Reply.Type, in bytes: [UInt8], _ check: (Reply) -> String?
  ) -> String? {
    do throws(MessageFault) {
      let reply = try Reply(bytes, to: 1)
      if let flaw = check(reply) { return flaw }
      let again = try? Reply(bytes, to: 1)
      return again == reply ? nil : "the second time it is another answer"
    } catch {
      return error.problem.isEmpty ? "a fault without words" : nil
    }
  }
}
