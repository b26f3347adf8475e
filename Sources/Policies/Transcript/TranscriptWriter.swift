// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// Writes down what a run and its policies say to each other, one line a message.
///
///     {"t":0,"seam":"placement","sent":{"type":"hello",...}}
///     {"t":0,"seam":"placement","said":{"type":"hello",...}}
///
/// Times are simulated ones: the same run writes the same bytes. What a policy says that is no JSON
/// stands there as a text. What has been said when a run ends in an error is written too.
public final class TranscriptWriter {
  private var output: FileOutput
  private var bytes: [UInt8] = []
  private var isOpen = true
  /// So much is written at a time.
  private static let chunk = 1 << 16

  /// Makes the file, which must not exist yet.
  public init(creating path: String) throws(ResultsError) {
    output = try FileOutput(creating: path)
  }

  deinit {
    // Behind an error; what could not be written then can't be told either.
    if isOpen { try? flush() }
  }

  /// Ends the file: all of it is on the disk then.
  public func close() throws(ResultsError) {
    guard isOpen else { return }
    isOpen = false
    try flush()
    try output.close()
  }

  /// Writes a message down.
  func note(
    _ line: some Collection<UInt8>, from source: TranscriptEntry.Source, seam: String,
    at time: Int64
  ) throws(ResultsError) {
    var writer = MessageWriter()
    writer.raw("{\"t\":")
    writer.number(time)
    writer.raw(",\"seam\":")
    writer.text(seam)
    writer.raw(source == .run ? ",\"sent\":" : ",\"said\":")
    let line = Array(line)
    if source == .run || line.isJSON {
      writer.raw(line)
    } else {
      writer.text(String(decoding: line, as: UTF8.self))
    }
    writer.raw("}\n")
    bytes += writer.bytes
    if bytes.count >= Self.chunk { try flush() }
  }

  private func flush() throws(ResultsError) {
    let result = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(ResultsError) in try output.write(bytes) }
    }
    bytes.removeAll(keepingCapacity: true)
    try result.get()
  }
}

extension [UInt8] {
  /// Whether they are one JSON value.
  fileprivate var isJSON: Bool {
    let read: Void? = try? message { (reader) throws(MessageFault) in
      try reader.skip()
      try reader.end()
    }
    return read != nil
  }
}
