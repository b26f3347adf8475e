// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A file or folder that could not be written or read, and why.
public struct ResultsError: Error, Equatable, CustomStringConvertible {
  public enum Reason: Equatable, Sendable {
    case alreadyExists
    /// Not the name of a folder that could be made: empty, `/`, `.`, `..` or with a NUL in it.
    case notAFolderName
    /// A file that is not to be replaced.
    case fileExists
    /// Not the name of a file that could be made.
    case notAFileName
    /// A folder, a device or a pipe, which no file replaces.
    case notARegularFile
    /// A call of the system failed with this `errno`.
    case system(Int32)
  }

  /// The path as the user gave it.
  public var path: String
  public var reason: Reason

  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  public var description: String {
    switch reason {
    case .alreadyExists: "\(path) already exists; choose another --out or remove it"
    case .notAFolderName: "'\(path)' does not name a folder that can be made"
    case .fileExists: "\(path) already exists; choose another name or give --force"
    case .notAFileName: "'\(path)' does not name a file that can be made"
    case .notARegularFile: "\(path) is no regular file, and is not replaced"
    case .system(let code): "\(path): \(ResultsError.explanation(of: code))"
    }
  }

  // The system's own words are kept for the rest: "File too large" would not tell of a limit.
  private static func explanation(of code: Int32) -> String {
    switch code {
    case ENOSPC: "the disk is full"
    case EDQUOT: "the disk quota is used up"
    case EFBIG: "the file grew past the limit on the size of files"
    case EACCES, EPERM: "permission denied"
    case EROFS: "the file system is read-only"
    case ENAMETOOLONG: "the path is too long"
    case ENOTDIR: "a part of the path is a file, not a folder"
    case ENOENT: "no such file or folder"
    case ELOOP: "symbolic links lead round in a circle, expected a folder"
    default: String(cString: strerror(code))
    }
  }
}
