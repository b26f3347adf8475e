// SPDX-License-Identifier: GPL-3.0-or-later

/// What one seam adds to the messages that all have.
///
/// The schema and its tests come from it; a seam is a file with its own.
struct SeamMessages: Sendable {
  /// As `seams` of the greeting and `seam` of a question have it.
  var name: String
  /// What is decided, in a sentence.
  var about: String
  var hello: [MessageShape.Member] = []
  var changed: [MessageShape.Member] = []
  var ask: [MessageShape.Member] = []
  var answer: [MessageShape.Member] = []

  static let all: [SeamMessages] = [
    .placement, .migration, .queue, .preemption, .tokens, .bandwidth, .admission, .balancing,
    .exchanges, .lightpaths, .power,
  ]
}

extension [SeamMessages] {
  /// The members that some of them add to a message that all share, each once.
  func members(_ part: (SeamMessages) -> [MessageShape.Member]) -> [MessageShape.Member] {
    var known: [MessageShape.Member] = []
    for member in flatMap(part) where !known.contains(where: { $0.name == member.name }) {
      var member = member
      member.isOptional = true
      known.append(member)
    }
    return known
  }
}
