// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import TestSupport

/// A folder for the files of one run after another, removed with this.
final class Scratch {
  let path: String

  /// Makes a folder under `TMPDIR`, or /tmp; nil where there can be none.
  init?() {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/cpnsim-swarm-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return nil }
    path = String(cString: made)
  }

  deinit {
    Scratch.remove(path)
  }

  func write(_ text: String, to name: String) -> Bool {
    Scratch.write(text, to: "\(path)/\(name)")
  }

  static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return text.utf8.withContiguousStorageIfAvailable {
      fwrite($0.baseAddress, 1, $0.count, file) == $0.count
    } ?? (fputs(text, file) >= 0)
  }

  static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in fileNames(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
