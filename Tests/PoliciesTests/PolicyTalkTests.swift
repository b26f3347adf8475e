// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Testing

@testable import Policies

@Suite struct PolicyTalkTests {
  private static let greeting = #"{"type":"hello","v":1,"answers":["placement"]}"#

  private func talk(_ shell: String, timeout: Double = 5) throws -> PolicyTalk {
    let command = PolicyCommand(["sh", "-c", shell], in: "/", timeout: timeout)
    return try PolicyTalk(command, as: "placement", TalkRecord())
  }

  private func problem(_ work: () throws -> Void) -> String {
    do {
      try work()
      return ""
    } catch TalkError.policy(let error) {
      return error.problem
    } catch {
      return "\(error)"
    }
  }

  /// More than a pipe holds, to one who does not read: no signal ends this process, and no wait.
  @Test(arguments: [
    ("exit 3", "found it ended with exit code 3, expected its greeting"),
    ("exec 0<&-; sleep 9", "found its standard input closed, expected it to read on until \"bye\""),
    (
      "sleep 9",
      "found no whole line within 0.5 s, expected its greeting; does it read all lines, and "
        + "flush what it writes?"
    ),
  ])
  func whoDoesNotReadIsFound(_ shell: String, _ expected: String) throws {
    let talk = try talk(shell, timeout: 0.5)
    let message = [UInt8](repeating: 0x20, count: 1 << 20) + [0x0A]
    #expect(problem { try talk.greet(message, asking: ["placement"]) } == expected)
  }

  /// Long lines both ways at once, in pieces, while it also writes errors.
  @Test func whatIsLongPasses() throws {
    let talk = try talk(
      """
      echo '\(Self.greeting)'; read -r hello; read -r line
      head -c 300000 /dev/zero | tr '\\0' e >&2
      head -c 900000 /dev/zero | tr '\\0' x; echo; read -r bye; echo "  "
      """)
    try talk.greet(Array("{}\n".utf8), asking: ["placement"])
    let long = [UInt8](repeating: 0x61, count: 300_000) + [0x0A]
    let answer = try talk.ask(long, number: 1, seam: "placement", at: 0, parts: 1)
    #expect(answer == [UInt8](repeating: 0x78, count: 900_000))
    try talk.end(at: 0)
  }

  @Test func itsFolderIsThere() {
    #expect(throws: TalkError.self) {
      let talk = try PolicyTalk(
        PolicyCommand(["cat"], in: "/no/such"), as: "placement", TalkRecord())
      try talk.greet([], asking: ["placement"])
    }
  }
}
