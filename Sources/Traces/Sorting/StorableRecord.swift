// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A record that can be put aside as bytes and made again from them.
protocol StorableRecord: TraceRecord {
  func store(in bytes: inout [UInt8])
  /// The record that some bytes were stored from; it may point into them.
  static func restored(from bytes: UnsafeRawBufferPointer) -> Self
}

extension StorableRecord where Self: BitwiseCopyable {
  func store(in bytes: inout [UInt8]) {
    withUnsafeBytes(of: self) { bytes.append(contentsOf: $0) }
  }

  static func restored(from bytes: UnsafeRawBufferPointer) -> Self {
    bytes.loadUnaligned(as: Self.self)
  }
}

extension TokenRequest: StorableRecord {}
extension SWFRecord: StorableRecord {}
extension WorkRecord: StorableRecord {}

extension TraceRow: StorableRecord {
  /// All of a row but its name, which stands behind it.
  private struct Head: BitwiseCopyable {
    var start: SimTime
    var bytes: Double
    var route: Int32
    var deadline: SimTime?
  }

  func store(in bytes: inout [UInt8]) {
    let head = Head(start: start, bytes: self.bytes, route: route, deadline: deadline)
    withUnsafeBytes(of: head) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: name)
  }

  static func restored(from bytes: UnsafeRawBufferPointer) -> TraceRow {
    let head = bytes.loadUnaligned(as: Head.self)
    let name = UnsafeRawBufferPointer(rebasing: bytes[MemoryLayout<Head>.size...])
    return TraceRow(
      name: name.assumingMemoryBound(to: UInt8.self), start: head.start, bytes: head.bytes,
      route: head.route, deadline: head.deadline)
  }
}

extension TraceJob: StorableRecord {
  /// All of a job but its name, which stands behind it.
  private struct Head: BitwiseCopyable {
    var time: SimTime
    var processors: Int?
    var runTime: SimDuration?
    var requestedTime: SimDuration?
    var user: Int?
  }

  func store(in bytes: inout [UInt8]) {
    let head = Head(
      time: time, processors: processors, runTime: runTime, requestedTime: requestedTime,
      user: user)
    withUnsafeBytes(of: head) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: name.utf8)
  }

  static func restored(from bytes: UnsafeRawBufferPointer) -> TraceJob {
    let head = bytes.loadUnaligned(as: Head.self)
    return TraceJob(
      name: String(decoding: bytes[MemoryLayout<Head>.size...], as: UTF8.self), time: head.time,
      processors: head.processors, runTime: head.runTime, requestedTime: head.requestedTime,
      user: head.user)
  }
}
