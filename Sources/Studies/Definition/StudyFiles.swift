// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the files are that a study or a suite names.
package enum StudyFiles {
  /// A path that starts from the folder of the file it is written in.
  package static func path(of file: String, beside other: String) -> String {
    guard !file.hasPrefix("/"), let slash = other.lastIndex(of: "/") else { return file }
    return String(other[...slash]) + file
  }
}
