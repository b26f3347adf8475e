// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// What went wrong with the files of a sort.
public struct SortingFailure: Error, Equatable, Sendable {
  /// The `errno` of a call of the system.
  public var code: Int32
  public var folder: String
}

/// A file for runs of sorted records that has no name, and goes away with the program at the latest.
///
/// A record is its time and its length, eight bytes each, and its own bytes behind them.
final class SpillFile {
  static let headSize = 16
  private static let bufferSize = 1 << 20

  let folder: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// With what is still in the buffer.
  private(set) var length = 0

  /// Makes a file in /var/tmp, which is on a disk, or in /tmp where that can't be.
  init() throws(SortingFailure) {
    var opened: Int32 = -1
    var folder = ""
    for candidate in ["/var/tmp", "/tmp"] where opened < 0 {
      folder = candidate
      var template = Array("\(folder)/cpnsim-XXXXXX".utf8CString)
      opened = mkstemp(&template)
      if opened >= 0 { unlink(template) }
    }
    guard opened >= 0 else { throw SortingFailure(code: errno, folder: folder) }
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    (descriptor, self.folder) = (opened, folder)
  }

  deinit {
    close(descriptor)
  }

  func put(time: Int64, length: Int) {
    withUnsafeBytes(of: time) { buffer.append(contentsOf: $0) }
    withUnsafeBytes(of: Int64(length)) { buffer.append(contentsOf: $0) }
    self.length += SpillFile.headSize
  }

  func put(_ bytes: some Collection<UInt8>) {
    buffer.append(contentsOf: bytes)
    length += bytes.count
  }

  func append(_ bytes: UnsafeRawBufferPointer, at time: Int64) throws(SortingFailure) {
    put(time: time, length: bytes.count)
    put(bytes)
    try flushIfFull()
  }

  func flushIfFull() throws(SortingFailure) {
    if buffer.count >= SpillFile.bufferSize { try flush() }
  }

  func flush() throws(SortingFailure) {
    var code: Int32 = 0
    buffer.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          code = errno
          return
        }
      }
    }
    guard code == 0 else { throw SortingFailure(code: code, folder: folder) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Reads up to so many bytes from a place on; fewer only at the end of the file.
  func read(
    _ count: Int, from place: Int, into bytes: UnsafeMutableRawPointer
  ) throws(SortingFailure) {
    var done = 0
    while done < count {
      let got = pread(descriptor, bytes + done, count - done, off_t(place + done))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw SortingFailure(code: got < 0 ? errno : EIO, folder: folder) }
      done += got
    }
  }
}
