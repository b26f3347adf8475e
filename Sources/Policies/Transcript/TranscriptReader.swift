// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
public import Results
internal import Text

/// A message of a transcript.
struct TranscriptEntry {
  enum Source {
    case run, policy
  }

  var source: Source
  var seam: String
  /// As it was sent or said.
  var line: [UInt8]
}

/// Reads a transcript message by message.
public final class TranscriptReader {
  public let path: String
  private let file: UnsafeMutablePointer<FILE>
  private var buffer: UnsafeMutablePointer<CChar>?
  private var capacity = 0
  private var number = 0

  public init(_ path: String) throws(ResultsError) {
    guard let file = fopen(path, "re") else {
      throw ResultsError(path: path, reason: .system(errno))
    }
    self.path = path
    self.file = file
  }

  deinit {
    fclose(file)
    free(buffer)
  }

  /// The next message; nil at the end.
  func next() throws(MessageFault) -> TranscriptEntry? {
    let count = getline(&buffer, &capacity, file)
    guard count > 0, let buffer else { return nil }
    number += 1
    let line = UnsafeRawBufferPointer(start: buffer, count: count).filter {
      $0 != UInt8(ascii: "\n")
    }
    do {
      return try TranscriptEntry(line)
    } catch {
      throw MessageFault(
        found: "line \(number) of \(path): \(error.problem)", expected: "a message")
    }
  }
}

extension TranscriptEntry {
  fileprivate init(_ bytes: [UInt8]) throws(MessageFault) {
    var seam: String?
    var found: (source: Source, line: [UInt8])?
    try bytes.message { (reader) throws(MessageFault) in
      try reader.object("a message of a transcript") { (key, reader) throws(MessageFault) in
        switch key {
        case "seam": seam = try reader.text("what is decided")
        case "sent": found = (.run, try reader.valueBytes())
        case "said": found = (.policy, try reader.valueBytes())
        default: try reader.skip()
        }
      }
      try reader.end()
    }
    guard let seam, let found else {
      throw MessageFault(found: "no seam, or nothing sent or said", expected: "both")
    }
    (self.seam, source, line) = (seam, found.source, found.line)
  }
}
