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

  /// The fingerprint of no bytes.
  public init() {
    self.init(bytes: 0, hash: FileFingerprint.offsetBasis)
  }

  /// The fingerprint of these bytes.
  public init(of content: some Sequence<UInt8>) {
    self.init()
    for byte in content { combine(byte) }
  }

  /// Takes in the bytes that follow.
  public mutating func combine(_ content: UnsafeRawBufferPointer) {
    var hash = hash
    for byte in content { hash = (hash ^ UInt64(byte)) &* FileFingerprint.prime }
    self.hash = hash
    bytes += Int64(content.count)
  }

  /// Reads a file up to a number of bytes, or to its end; nil for a pipe, whose bytes would be gone.
  public static func read(
    _ path: String, upTo limit: Int64 = .max
  ) throws(ResultsError) -> FileFingerprint? {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    // To open a pipe and close it again would stop the program that writes to it.
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    defer { close(descriptor) }
    var fingerprint = FileFingerprint()
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let wanted = min(Int64(chunk.count), limit - fingerprint.bytes)
      let count = Glibc.read(descriptor, chunk.baseAddress, Int(wanted))
      if count == 0 { return fingerprint }
      if count < 0 {
        if errno == EINTR { continue }
        throw ResultsError(path: path, reason: .system(errno))
      }
      fingerprint.combine(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
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
