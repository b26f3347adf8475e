// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

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

  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// The names of what is in a folder, in order.
  static func contents(_ folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in contents(path) { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
