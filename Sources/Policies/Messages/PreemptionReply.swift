// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked whom to stop for a job.
package struct PreemptionReply: Equatable, Sendable, PolicyReply {
  /// The names of jobs; none where the job waits.
  package var stop: [String] = []

  static let keys = ["type", "q", "stop"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var stop: [String] = []
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      guard key == "stop" else { throw .unknown(key, among: Self.keys) }
      stop += try reader.names("a list of jobs")
    }
    self.stop = stop
  }
}
