// SPDX-License-Identifier: GPL-3.0-or-later
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
      try file.write(text)
      try file.close()
      try Partials.finish(number) { () throws(ResultsError) in
        try name(partial.path, path, replacing: replaces)
      }
    } catch {
      Partials.remove(partial)
      Partials.forget(number)
      throw error
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
