// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// The path of a folder that is to be made, taken apart.
struct FolderPath {
  /// Without slashes at its end.
  let path: String
  let name: String
  /// `.` where the path has one part only.
  let parent: String

  init(_ wanted: String) throws(ResultsError) {
    var rest = Substring(wanted)
    while rest.last == "/" { rest.removeLast() }
    let name: Substring
    if let slash = rest.lastIndex(of: "/") {
      name = rest[rest.index(after: slash)...]
      let before = rest[..<slash]
      parent = before.isEmpty ? "/" : String(before)
    } else {
      name = rest
      parent = "."
    }
    guard !name.isEmpty, name != ".", name != "..", !wanted.utf8.contains(0) else {
      throw ResultsError(path: wanted, reason: .notAFolderName)
    }
    path = String(rest)
    self.name = String(name)
  }

  /// Whether anything has this path, a dangling symbolic link among them.
  var exists: Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Makes a hidden folder or file beside this one, and the parents that are missing for it if wanted.
  ///
  /// What others left behind there is removed first. `make` returns 0 or an error number.
  func makePartial(
    withParents: Bool, isOurs: (String) -> Bool, _ make: (String) -> Int32
  ) throws(ResultsError) -> Partials.Entry {
    for leftover in Leftover.candidates(of: self) { leftover.removeIfAbandoned(isOurs: isOurs) }
    var madeParents: [String] = []
    var attempt = 1
    while true {
      if withParents { madeParents += try makeParents() }
      let suffix = attempt == 1 ? "" : "-\(attempt)"
      let partial = "\(parent)/.\(name).partial-\(getpid())\(suffix)"
      let code = make(partial)
      if code == 0 { return .init(path: partial, madeParents: madeParents) }
      // EEXIST: another thread, or what a process of the same number left behind elsewhere.
      // ENOENT: another run that failed took the parent away again.
      guard code == EEXIST || code == ENOENT && withParents, attempt < 100 else {
        for made in madeParents.reversed() { rmdir(made) }
        throw ResultsError(path: path, reason: .system(code))
      }
      attempt += 1
    }
  }

  private func makeParents() throws(ResultsError) -> [String] {
    var made: [String] = []
    var end = parent.startIndex
    while end < parent.endIndex {
      end = parent[parent.index(after: end)...].firstIndex(of: "/") ?? parent.endIndex
      let folder = String(parent[..<end])
      if mkdir(folder, 0o777) == 0 {
        made.append(folder)
      } else if let code = problem(after: errno, at: folder) {
        for folder in made.reversed() { rmdir(folder) }
        throw ResultsError(path: path, reason: .system(code))
      }
    }
    return made
  }

  // On a read-only file system, and above a folder that may not be read, mkdir of a folder that
  // exists may report that instead of EEXIST; only what is at the path counts.
  private func problem(after code: Int32, at folder: String) -> Int32? {
    var status = stat()
    // A link that leads round in a circle, or nowhere, is there and is no folder.
    guard stat(folder, &status) == 0 else { return code == EEXIST ? errno : code }
    return status.st_mode & S_IFMT == S_IFDIR ? nil : ENOTDIR
  }
}
