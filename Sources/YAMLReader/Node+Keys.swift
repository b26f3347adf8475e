// SPDX-License-Identifier: GPL-3.0-or-later

extension Node {
  /// The most characters of a key, as JSON writes it.
  ///
  /// YAML finds no key that is longer than 1024. What a run keeps of its scenario has control
  /// characters of keys as six, so that a key that is read might not be read again.
  static let longestKey = 1000

  static func isTooLong(key: String) -> Bool {
    // Quotes and the end of the line are written beside it.
    key.utf8.count > longestKey / 6
      && Node.text(key).json.unicodeScalars.count > longestKey + 3
  }
}
