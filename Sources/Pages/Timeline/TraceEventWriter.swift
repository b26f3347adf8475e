// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// Writes events of the Trace Event Format one by one, packed on the way where that is wanted.
struct TraceEventWriter {
  private let file: SharedOutput
  private var buffer: [UInt8] = []
  private var processes: [String: Int] = [:]
  private var threads = 0
  private var isFirst = true

  private static let flushThreshold = 1 << 18

  init(to file: SharedOutput) {
    self.file = file
    buffer.reserveCapacity(Self.flushThreshold + 4096)
  }

  mutating func begin(title: String, seed: String, digest: String) throws(ResultsError) {
    append("{\"displayTimeUnit\":\"ms\",\"otherData\":{\"scenario\":\(JSON.quoted(title)),")
    append("\"seed\":\(JSON.quoted(seed)),\"digest\":\(JSON.quoted(digest))},\"traceEvents\":[")
  }

  mutating func end() throws(ResultsError) {
    append("\n]}\n")
    try flush()
  }

  /// The number of a new thread, which is made known with its name.
  mutating func thread(_ name: String, of process: String) throws(ResultsError) -> Int {
    let process = try number(of: process)
    threads += 1
    try event(
      "\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":\(process),\"tid\":\(threads),"
        + "\"args\":{\"name\":\(JSON.quoted(name))}")
    return threads
  }

  private mutating func number(of process: String) throws(ResultsError) -> Int {
    if let known = processes[process] { return known }
    let number = processes.count + 1
    processes[process] = number
    try event(
      "\"ph\":\"M\",\"name\":\"process_name\",\"pid\":\(number),\"tid\":0,"
        + "\"args\":{\"name\":\(JSON.quoted(process))}")
    return number
  }

  mutating func write(
    _ slice: TimelineSlice, process: String, thread: Int
  ) throws(ResultsError) {
    let process = try number(of: process)
    beginEvent()
    append("\"ph\":\"X\",\"name\":")
    appendQuoted(slice.name)
    append(",\"pid\":")
    append(Int64(process))
    append(",\"tid\":")
    append(Int64(thread))
    append(",\"ts\":")
    append(slice.from)
    append(",\"dur\":")
    append(slice.to - slice.from)
    append(",\"args\":{")
    append(slice.details)
    append("}}")
    try flushIfFull()
  }

  mutating func write(_ counter: TimelineCounter) throws(ResultsError) {
    let process = try number(of: counter.process)
    let head =
      "\"ph\":\"C\",\"name\":\(JSON.quoted(counter.name)),\"pid\":\(process),\"tid\":0,\"ts\":"
    let unit = JSON.quoted(counter.unit)
    for point in counter.points {
      try event("\(head)\(point.at),\"args\":{\(unit):\(Digits.short(point.value))}")
    }
  }

  mutating func write(_ instant: TimelineInstant) throws(ResultsError) {
    let process = try number(of: "events")
    try event(
      "\"ph\":\"i\",\"s\":\"g\",\"name\":\(JSON.quoted(instant.name)),\"pid\":\(process),\"tid\":0,"
        + "\"ts\":\(instant.at),\"args\":{\"detail\":\(JSON.quoted(instant.detail))}")
  }
}

// MARK: - Bytes

extension TraceEventWriter {
  private mutating func event(_ members: String) throws(ResultsError) {
    beginEvent()
    append(members)
    append("}")
    try flushIfFull()
  }

  private mutating func beginEvent() {
    append(isFirst ? "\n{" : ",\n{")
    isFirst = false
  }

  private mutating func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

  private mutating func append(_ number: Int64) {
    var digits: UInt64 = number.magnitude
    if number < 0 { buffer.append(UInt8(ascii: "-")) }
    let start = buffer.count
    repeat {
      buffer.append(UInt8(ascii: "0") + UInt8(digits % 10))
      digits /= 10
    } while digits > 0
    buffer[start...].reverse()
  }

  /// Nearly all names need no escapes.
  private mutating func appendQuoted(_ text: String) {
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) else {
      return append(JSON.quoted(text))
    }
    buffer.append(UInt8(ascii: "\""))
    append(text)
    buffer.append(UInt8(ascii: "\""))
  }

  private mutating func flushIfFull() throws(ResultsError) {
    if buffer.count >= Self.flushThreshold { try flush() }
  }

  private mutating func flush() throws(ResultsError) {
    let result = buffer.withUnsafeBufferPointer { bytes in
      Result { () throws(ResultsError) in try file.write(bytes) }
    }
    try result.get()
    buffer.removeAll(keepingCapacity: true)
  }
}
