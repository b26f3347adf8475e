// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// The length of a file and a 64-bit hash of its bytes, which tell one input from another.
///
/// The hash is FNV-1a: a few lines in any language, for those who want to check it. It guards
/// against mix-ups, not against forgery.
public struct FileFingerprint: Equatable, Sendable {
  public var bytes: Int64
  public var hash: UInt64

  public init(bytes: Int64, hash: UInt64) {
    self.bytes = bytes
    self.hash = hash
  }

  /// The fingerprint of these bytes.
  public init(of content: some Sequence<UInt8>) {
    self.init(bytes: 0, hash: FileFingerprint.offsetBasis)
    for byte in content { combine(byte) }
  }

  /// Reads a file from end to end; nil for a pipe, whose bytes would be gone afterwards.
  public static func read(_ path: String) throws(ResultsError) -> FileFingerprint? {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    // To open a pipe and close it again would stop the program that writes to it.
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    defer { close(descriptor) }
    var fingerprint = FileFingerprint(bytes: 0, hash: offsetBasis)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
      if count == 0 { return fingerprint }
      if count < 0 {
        if errno == EINTR { continue }
        throw ResultsError(path: path, reason: .system(errno))
      }
      for index in 0..<count { fingerprint.combine(chunk[index]) }
    }
  }

  // Constants of the 64-bit FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/.
  private static let offsetBasis: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01b3

  private mutating func combine(_ byte: UInt8) {
    bytes += 1
    hash = (hash ^ UInt64(byte)) &* FileFingerprint.prime
  }
}
