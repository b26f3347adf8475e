// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Where what nobody keeps is written.
public enum TemporaryPlace {
  /// Makes an empty folder of its own, which is for whoever asked to remove.
  public static func makeFolder(
    for purpose: String, in parent: String
  ) throws(ResultsError) -> String {
    var name = Array("\(parent)/cpnsim-\(purpose)-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw ResultsError(path: parent, reason: .system(errno))
    }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
