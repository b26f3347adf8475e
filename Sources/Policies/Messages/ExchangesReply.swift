// SPDX-License-Identifier: GPL-3.0-or-later

/// What a policy answers when it is asked by which paths the transfers of an exchange go.
package struct ExchangesReply: Equatable, Sendable, PolicyReply {
  /// By transfer: the paths that each carry the same part of it.
  package var paths: [[Int64]]

  static let keys = ["type", "q", "paths"]

  package init(_ line: [UInt8], to question: Int) throws(MessageFault) {
    var paths: [[Int64]]?
    try line.answer(to: question) { (key, reader) throws(MessageFault) in
      guard key == "paths" else { throw .unknown(key, among: Self.keys) }
      paths = try Self.paths(&reader)
    }
    guard let paths else {
      throw MessageFault(found: "no \"paths\"", expected: "a list of paths for each transfer")
    }
    self.paths = paths
  }

  private static func paths(_ reader: inout MessageReader) throws(MessageFault) -> [[Int64]] {
    var all: [[Int64]] = []
    try reader.list("a list with the paths of each transfer") { (reader) throws(MessageFault) in
      var paths: [Int64] = []
      try reader.list("the paths of a transfer: [2] or [0,1,2,3]") {
        (reader) throws(MessageFault) in
        paths.append(try reader.whole("the number of a path, from 0 on"))
      }
      all.append(paths)
    }
    return all
  }
}
