// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A hidden file or folder that a process left behind which ended before it could name or remove it.
///
/// A folder has a file in it that its maker holds a lock on; the lock goes with its maker, whatever
/// the number of the process means by then and on whichever machine it ran. A folder without that
/// file, and a file, are left over where no process of that number is there.
struct Leftover {
  /// In a folder that is not complete; nothing else has a name that starts with a dot.
  static let ownerFile = ".owner"

  let path: String
  let process: pid_t

  /// All hidden files and folders of that kind beside a wanted one.
  static func candidates(of place: FolderPath) -> [Leftover] {
    let prefix = ".\(place.name).partial-"
    return Partials.names(in: place.parent).filter { $0.hasPrefix(prefix) }.compactMap { name in
      let numbers = name.dropFirst(prefix.count).split(
        separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = numbers.first, let process = pid_t(first), process > 0,
        numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
      else { return nil }
      return Leftover(path: "\(place.parent)/\(name)", process: process)
    }
  }

  /// Removes it where nobody is at work on it any more.
  ///
  /// `isOurs` tells of paths that this very process is at work on.
  func removeIfAbandoned(isOurs: (String) -> Bool) {
    guard !isOurs(path) else { return }
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG where hasNoProcess && isUnlocked(path) != false: unlink(path)
    case S_IFDIR where isUnlocked("\(path)/\(Self.ownerFile)") ?? hasNoProcess:
      Partials.removeFolder(path)
    default: break
    }
  }

  /// Whether no process has that number, but this one, which has not made it.
  private var hasNoProcess: Bool {
    process == getpid() || kill(process, 0) != 0 && errno == ESRCH
  }

  /// Whether nobody holds a lock on a file; nil where there is no such file.
  private func isUnlocked(_ path: String) -> Bool? {
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return errno == ENOENT ? nil : false }
    defer { close(descriptor) }
    // A file system that knows no locks tells nothing, and then it stays.
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}

/// The lock of a folder that is not complete, held until it goes away.
struct OwnerLock: ~Copyable {
  private let descriptor: Int32

  /// Makes and locks the file in the folder; a file system without locks does without.
  init(in folder: String, reportingAs path: String) throws(ResultsError) {
    let file = "\(folder)/\(Leftover.ownerFile)"
    descriptor = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
  }

  deinit {
    close(descriptor)
  }
}
