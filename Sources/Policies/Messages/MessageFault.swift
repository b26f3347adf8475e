// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// What is wrong with a message, in words for whoever wrote the policy.
package struct MessageFault: Error, Equatable {
  package var problem: String

  init(found: String, expected: String) {
    problem = "found \(found), expected \(expected)"
  }

  init(_ fault: TextFault) {
    problem = "found \(fault.found) at byte \(fault.offset + 1), expected \(fault.expected)"
  }
}

extension MessageFault {
  /// A key that the message does not have, and the one that may be meant.
  static func unknown(_ key: String, among known: [String]) -> MessageFault {
    let meant = nearestName(to: key, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    return MessageFault(
      found: "the key \"\(PolicyError.shown(Array(key.utf8)))\"",
      expected: known.joined(separator: ", ") + meant)
  }
}
