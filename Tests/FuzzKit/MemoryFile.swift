// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// Files in memory, where there is such a place, for readers that want a path.
enum MemoryFile {
  /// Runs something with the path of a file of these bytes that has no name.
  static func with(_ bytes: [UInt8], _ body: (String) -> String?) -> String? {
    guard let file = nameless() else { return "no file can be made" }
    defer { close(file) }
    guard write(bytes, to: file) else { return "a file can't be written" }
    return body("/proc/self/fd/\(file)")
  }

  /// Runs something with the path of a folder that has these files and no others.
  ///
  /// For what reads further files: their names lead nowhere but to what stands here.
  static func withFolder(
    of files: [(name: String, bytes: [UInt8])], _ body: (String) -> String?
  ) -> String? {
    for place in places {
      var template = Array("\(place)/cpnsim-fuzz-XXXXXX".utf8CString)
      guard let path = mkdtemp(&template) else { continue }
      let folder = String(cString: path)
      defer { rmdir(folder) }
      return withFiles(files[...], in: folder) { body(folder) }
    }
    return "no folder can be made"
  }

  private static func withFiles(
    _ files: ArraySlice<(name: String, bytes: [UInt8])>, in folder: String, _ body: () -> String?
  ) -> String? {
    guard let first = files.first else { return body() }
    let path = "\(folder)/\(first.name)"
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { return "a file can't be made" }
    defer { unlink(path) }
    let isWritten = write(first.bytes, to: file)
    close(file)
    return isWritten ? withFiles(files.dropFirst(), in: folder, body) : "a file can't be written"
  }

  private static let places = ["/dev/shm", "/tmp"]

  private static func nameless() -> CInt? {
    for place in places {
      var template = Array("\(place)/cpnsim-fuzz-XXXXXX".utf8CString)
      let file = mkstemp(&template)
      guard file >= 0 else { continue }
      unlink(template)
      return file
    }
    return nil
  }

  private static func write(_ bytes: [UInt8], to file: CInt) -> Bool {
    bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) } == bytes.count
  }
}
