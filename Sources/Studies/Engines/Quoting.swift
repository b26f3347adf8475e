// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Words as other programs read them.
enum Quoting {
  /// One word of a shell, whatever is in it.
  static func shell(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "_-./:=+,@".unicodeScalars.contains($0))
      }
    guard !isPlain else { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  /// The value of an option in a line that begins with #SBATCH.
  ///
  /// Slurm reads it much as a shell would, and replaces what follows a % in names of files: that of
  /// the path is doubled, that of the pattern behind it is meant.
  static func directive(_ path: String, then pattern: String) -> String {
    var quoted = ""
    for character in path {
      if "\"\\".contains(character) { quoted.append("\\") }
      quoted.append(character)
      if character == "%" { quoted.append("%") }
    }
    return "\"\(quoted)\(pattern)\""
  }

  /// A scalar of YAML.
  static func yaml(_ text: String) -> String { JSON.string(text).text(.flat, .yaml) }
}
