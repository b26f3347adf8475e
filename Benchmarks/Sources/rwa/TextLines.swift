// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A file that is not where it should be.
struct MissingFile: Error, CustomStringConvertible {
  let path: String
  var description: String {
    "cannot read \(path); start from the root of the package or use --data"
  }
}

/// The lines of a file that are not empty.
func textLines(of path: String) throws(MissingFile) -> [Substring] {
  guard let file = fopen(path, "r") else { throw MissingFile(path: path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
    bytes += chunk[..<count]
  }
  return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
}
