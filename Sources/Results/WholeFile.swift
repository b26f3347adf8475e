// SPDX-License-Identifier: GPL-3.0-or-later
public import Compression
internal import Glibc

/// A file that is there with all its text, or not at all.
public enum WholeFile {
  /// Writes a hidden sibling, and gives it the wanted name once everything is on the disk.
  ///
  /// A file that exists is an error unless it is to be replaced, and then it stays as it was until
  /// the new one is complete.
  public static func write(
    _ text: String, to path: String, replacing replaces: Bool
  ) throws(ResultsError) {
    try write(to: path, replacing: replaces) { (file) throws(ResultsError) in
      var text = text
      let result = text.withUTF8 { bytes in
        Result { () throws(ResultsError) in try file.write(bytes) }
      }
      try result.get()
    }
  }

  /// The same, with bytes as they come, and perhaps packed.
  public static func write(
    to path: String, replacing replaces: Bool, packedAs format: PackedFormat? = nil,
    _ content: (SharedOutput) throws(ResultsError) -> Void
  ) throws(ResultsError) {
    guard path.last != "/", let place = try? FolderPath(path) else {
      throw ResultsError(path: path, reason: .notAFileName)
    }
    var status = stat()
    if lstat(path, &status) == 0 {
      guard replaces else { throw ResultsError(path: path, reason: .fileExists) }
      // A device or a folder must not be replaced by a file.
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw ResultsError(path: path, reason: .notARegularFile)
      }
    }
    var descriptor: Int32 = -1
    let (number, partial) = try Partials.begin { (isOurs) throws(ResultsError) in
      try place.makePartial(withParents: false, isOurs: isOurs) { hidden in
        descriptor = open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        return descriptor >= 0 ? 0 : errno
      }
    }
    do throws(ResultsError) {
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
      var file = FileOutput(owning: descriptor, reportingAs: path)
      if let format { file.pack(format) }
      let shared = SharedOutput(file)
      try content(shared)
      try shared.close()
      try Partials.finish(number) { () throws(ResultsError) in
        try name(partial.path, path, replacing: replaces)
      }
    } catch {
      Partials.remove(partial)
      Partials.forget(number)
      throw error
    }
  }

  /// Makes the folder that a file is to stand in, and those above it, where they are missing.
  public static func makeFolder(of path: String) throws(ResultsError) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    let folder = String(path[..<slash])
    try makeFolder(of: folder)
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw ResultsError(path: folder, reason: .system(errno))
    }
  }

  /// Checks that the folder of a file is there, before the work whose result it is to take.
  public static func checkFolder(of path: String) throws(ResultsError) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    let folder = String(path[..<slash])
    var status = stat()
    guard stat(folder, &status) == 0 else {
      throw ResultsError(path: folder, reason: .system(errno))
    }
  }

  /// Whether two paths lead to one file that is there.
  public static func areOne(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
      && first.st_ino == second.st_ino
  }

  /// All bytes of a file.
  public static func contents(of path: String) throws(ResultsError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
      guard count > 0 else { return bytes }
      bytes += chunk.prefix(count)
    }
  }

  private static func name(
    _ partial: String, _ path: String, replacing replaces: Bool
  ) throws(ResultsError) {
    if replaces {
      guard rename(partial, path) == 0 else {
        throw ResultsError(path: path, reason: .system(errno))
      }
      return
    }
    // Unlike rename, link never replaces what somebody made in the meantime.
    if link(partial, path) == 0 {
      unlink(partial)
      return
    }
    guard errno != EEXIST else { throw ResultsError(path: path, reason: .fileExists) }
    // File systems without hard links have rename only; that nothing is there was checked.
    guard [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(errno), rename(partial, path) == 0 else {
      throw ResultsError(path: path, reason: .system(errno))
    }
  }
}
