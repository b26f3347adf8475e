// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import Results

/// A second working tree of the repository that a file is in, removed with it.
///
/// Whatever stands uncommitted in the user's own tree is left alone.
final class GitWorktree {
  /// Where it is.
  let path: String
  /// The file in it, whatever commit it stands at.
  let file: String
  private let repository: String
  private let contents: String

  init(of file: String) throws {
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    repository = try Self.git(["-C", folder, "rev-parse", "--show-toplevel"])
    let prefix = try Self.git(["-C", folder, "rev-parse", "--show-prefix"])
    contents = String(decoding: try WholeFile.contents(of: file), as: UTF8.self)
    path = try TemporaryPlace.makeFolder(for: "bisect", in: TemporaryPlace.parent)
    self.file = "\(path)/\(prefix)\(file.split(separator: "/").last ?? "")"
    do {
      _ = try git(["worktree", "add", "--quiet", "--detach", "--no-checkout", path])
    } catch {
      rmdir(path)
      throw error
    }
  }

  deinit {
    _ = try? git(["worktree", "remove", "--force", path])
  }

  /// The commits behind one up to another, along first parents, from old to new.
  func commits(from good: String, to bad: String) throws -> [String] {
    let (first, last) = (try hash(of: good), try hash(of: bad))
    let list = try git(["rev-list", "--first-parent", "--reverse", "\(first)..\(last)"])
    return list.split(separator: "\n").map(String.init)
  }

  private func hash(of commit: String) throws -> String {
    do {
      let words = ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(commit)^{commit}"]
      return try git(words)
    } catch is ChildFailure {
      throw UsageError.other("--bisect: '\(commit)' is no commit of \(repository)")
    }
  }

  /// The hash of a commit, short, and its subject.
  func name(of commit: String) throws -> String {
    try git(["log", "-1", "--format=%h %s", commit])
  }

  /// Puts the tree as it is in a commit, but for the file, which stays the same for all.
  func checkOut(_ commit: String) throws {
    _ = try git(["-C", path, "checkout", "--quiet", "--force", "--detach", commit])
    try WholeFile.write(contents, to: file, replacing: true)
  }

  private func git(_ words: [String]) throws -> String {
    try Self.git(["-C", repository] + words)
  }

  private static func git(_ words: [String]) throws -> String {
    let text = try ChildProgram(path: "git", arguments: words).output()
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
