// SPDX-License-Identifier: GPL-3.0-or-later
public import Compression
internal import Glibc

/// A file that is being written; it owns the descriptor.
///
/// Nothing counts as written before `close()` has returned: only then has the system accepted
/// every byte.
public struct FileOutput: ~Copyable {
  public let path: String
  private var descriptor: Int32
  private let isOwned: Bool
  private let openFiles: OpenFiles?
  /// What packs the bytes on their way, where that is wanted.
  private var packer: Packer?

  /// Makes a new file; one that exists is an error.
  public init(creating path: String) throws(ResultsError) {
    try self.init(creating: path, reportingAs: path, among: nil)
  }

  /// Writes to a descriptor that somebody else closes, such as that of standard output.
  public init(borrowing descriptor: Int32, named name: String) {
    path = name
    self.descriptor = descriptor
    isOwned = false
    openFiles = nil
  }

  /// Takes over the descriptor of a file with a temporary name, which errors must not show.
  init(owning descriptor: Int32, reportingAs shownPath: String) {
    path = shownPath
    self.descriptor = descriptor
    isOwned = true
    openFiles = nil
  }

  /// Makes a file in a folder that has a temporary name, which errors must not show.
  init(
    creating path: String, reportingAs shownPath: String, among openFiles: OpenFiles?
  ) throws(ResultsError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw ResultsError(path: shownPath, reason: errno == EEXIST ? .alreadyExists : .system(errno))
    }
    self.path = shownPath
    self.descriptor = descriptor
    isOwned = true
    self.openFiles = openFiles
    openFiles?.count += 1
  }

  deinit {
    if isOwned, descriptor >= 0 { _ = Glibc.close(descriptor) }
  }

  /// Packs what is written from now on; before the first byte.
  public mutating func pack(_ format: PackedFormat) { packer = Packer(format) }

  public func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(ResultsError) {
    guard let packer else { return try writePlain(UnsafeRawBufferPointer(bytes)) }
    var packed: [UInt8] = []
    packer.pack(UnsafeRawBufferPointer(bytes)) { packed += $0 }
    try writePlain(packed)
  }

  private func writePlain(_ bytes: [UInt8]) throws(ResultsError) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(ResultsError) in try writePlain(bytes) }
    }
    try result.get()
  }

  private func writePlain(_ bytes: UnsafeRawBufferPointer) throws(ResultsError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let written = Glibc.write(descriptor, start, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw ResultsError(path: path, reason: .system(errno))
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    }
  }

  public func write(_ text: String) throws(ResultsError) {
    var text = text
    let result = text.withUTF8 { bytes in
      Result { () throws(ResultsError) in try write(bytes) }
    }
    try result.get()
  }

  /// Makes sure that the bytes are on the disk, and closes the file where it is owned.
  public mutating func close() throws(ResultsError) {
    precondition(descriptor >= 0, "A file is closed once.")
    if let packer {
      var packed: [UInt8] = []
      packer.finish { packed += $0 }
      try writePlain(packed)
    }
    guard isOwned else { return descriptor = -1 }
    // A delayed ENOSPC or EIO of a network file system shows up here and nowhere else.
    let isSynced = fsync(descriptor) == 0 || errno == EINVAL
    let syncError = errno
    let isClosed = Glibc.close(descriptor) == 0
    let closeError = errno
    descriptor = -1
    if !isSynced { throw ResultsError(path: path, reason: .system(syncError)) }
    if !isClosed { throw ResultsError(path: path, reason: .system(closeError)) }
    openFiles?.count -= 1
  }
}

/// A file that several hands write to, one after the other.
public final class SharedOutput {
  private var file: FileOutput

  init(_ file: consuming FileOutput) {
    self.file = file
  }

  public func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(ResultsError) {
    try file.write(bytes)
  }

  func close() throws(ResultsError) { try file.close() }
}

/// The number of files of a folder that have not been closed.
final class OpenFiles {
  var count = 0
}

extension FileOutput {
  /// Makes a limit on file sizes an error of `write` like a full disk, for the whole process.
  ///
  /// The system's default ends the process without a word; a program calls this once.
  public static func reportSizeLimitAsError() {
    signal(SIGXFSZ, SIG_IGN)
  }
}
