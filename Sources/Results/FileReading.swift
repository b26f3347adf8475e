// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// What has been read of an open file so far, and whether the file is still what it was.
///
/// Length and hash are taken of the bytes that went through the reader's hands, so that a record can
/// certify nothing else. A file that is written to while it is read is an error: what was read
/// may be half of the one and half of the other.
public struct FileReading: Sendable {
  private let descriptor: Int32
  private let takesHash: Bool
  /// Nil for a pipe, whose bytes are gone once they are read.
  private let opened: FileState?
  /// Of the pass at hand.
  private var pass = FileFingerprint()
  private var isAtEnd = false
  /// Of a pass that came to the end of the file.
  private var whole: FileFingerprint?

  /// Begins with a descriptor that somebody else owns; without the hash only lengths are compared.
  public init(of descriptor: Int32, takesHash: Bool) {
    self.descriptor = descriptor
    self.takesHash = takesHash
    opened = FileState(descriptor)
  }

  /// Whether it can be read again, as a pipe can't.
  public var isFile: Bool { opened != nil }

  /// The length when it was opened; nil for a pipe.
  public var fileBytes: Int64? { opened?.bytes }

  /// The bytes of the pass at hand.
  public var bytesRead: Int64 { pass.bytes }

  /// Takes in what was read next; nothing is the end of the file.
  public mutating func take(_ bytes: UnsafeRawBufferPointer) throws(FileChange) {
    guard bytes.isEmpty else {
      if takesHash { pass.combine(bytes) } else { pass.bytes += Int64(bytes.count) }
      return
    }
    try check()
    isAtEnd = true
    if let opened, pass.bytes != opened.bytes {
      throw .length(before: opened.bytes, after: pass.bytes)
    }
    if let whole, whole != pass { throw .content }
    whole = pass
  }

  /// Begins another pass.
  public mutating func rewind() {
    pass = FileFingerprint()
    isAtEnd = false
  }

  /// What a manifest says of it.
  public func record() throws(FileChange) -> FileRecord {
    if whole == nil { try check() }
    let fingerprint = whole ?? pass
    let isPart = whole == nil && fingerprint.bytes != opened?.bytes
    return FileRecord(fingerprint: fingerprint, isPart: isPart, fileBytes: opened?.bytes)
  }

  private func check() throws(FileChange) {
    guard let opened, let now = FileState(descriptor), now != opened else { return }
    throw now.bytes == opened.bytes ? .written : .length(before: opened.bytes, after: now.bytes)
  }
}

/// What was read of a file: the whole of it, or the part that a run needed.
public struct FileRecord: Equatable, Sendable {
  /// Of what was read.
  public var fingerprint: FileFingerprint
  public var isPart: Bool
  /// The length of the file; nil for a pipe.
  public var fileBytes: Int64?

  public init(fingerprint: FileFingerprint, isPart: Bool = false, fileBytes: Int64?) {
    self.fingerprint = fingerprint
    self.isPart = isPart
    self.fileBytes = fileBytes
  }
}

/// How a file changed while it was read.
public enum FileChange: Error, Equatable, CustomStringConvertible, Sendable {
  case length(before: Int64, after: Int64)
  /// Somebody wrote to it, and it is as long as before.
  case written
  /// What was read the second time is not what was read the first time.
  case content

  public var description: String {
    let change =
      switch self {
      case .length(let before, let after):
        "it had \(before) B when it was opened, and \(after) B at its end"
      case .written: "somebody wrote to it"
      case .content: "its second reading is not like its first"
      }
    return "the file changed while it was read: \(change); run again once nobody writes to it"
  }
}

/// The signs that a file was written to.
private struct FileState: Equatable, Sendable {
  var bytes: Int64
  private var seconds: Int
  private var nanoseconds: Int

  /// Nil for what is no regular file.
  init?(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    bytes = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}
