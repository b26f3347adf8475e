// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compression
internal import Glibc

/// The bytes of a file that is read at once.
enum FileContents {
  /// More than any known network file, and little enough to be held in memory several times.
  static let largestSize = 128 << 20

  static func read(_ path: String) throws(Fault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable() }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Fault(found: "a directory", expected: "a network file")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable() }
      guard count > 0 else { return bytes }
      bytes += chunk.prefix(count)
      // Counted while reading, since the size of a pipe is not known before.
      guard bytes.count <= largestSize else {
        throw Fault("is larger than \(largestSize >> 20) MiB, the largest network file read")
      }
    }
  }

  /// The content of bytes that are packed; others as they are.
  static func unpacked(_ bytes: [UInt8]) throws(Fault) -> [UInt8] {
    guard let format = PackedFormat(signature: bytes) else { return bytes }
    do throws(UnpackingFault) {
      let content = try Unpacker.content(of: bytes, format, upTo: largestSize)
      guard content.count > largestSize else { return content }
    } catch {
      throw Fault(error.description)
    }
    throw Fault(
      "holds more than \(largestSize >> 20) MiB once it is unpacked, the largest network file read")
  }

  private static func unreadable() -> Fault {
    Fault("can't be read: \(String(cString: strerror(errno)))")
  }
}
