// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A file that is written line by line.
struct TextFile: ~Copyable {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>

  init(_ path: String) throws(FileProblem) {
    guard let file = fopen(path, "w") else { throw FileProblem(path: path) }
    self.path = path
    self.file = file
  }

  func write(_ text: String) {
    fputs(text, file)
  }

  /// Closes the file, and says whether all of it has been written.
  consuming func close() throws(FileProblem) {
    let hasFailed = ferror(file) != 0
    guard fclose(file) == 0, !hasFailed else { throw FileProblem(path: path) }
  }
}

/// Writes a text into a file of its own.
public func writeText(_ text: String, to path: String) throws(FileProblem) {
  let file = try TextFile(path)
  file.write(text)
  try file.close()
}

/// A file that can't be written.
public struct FileProblem: Error, CustomStringConvertible {
  public let description: String

  init(path: String) {
    description = "\(path): \(String(cString: strerror(errno)))"
  }
}
