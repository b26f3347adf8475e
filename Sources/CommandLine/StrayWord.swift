// SPDX-License-Identifier: GPL-3.0-or-later

/// A word that stands alone behind the value of an option and may be the rest of it.
///
/// A shell divides `--set duration=10 min` into three words: the value is then `duration=10`, and
/// nothing says what `min` is.
struct StrayWord: Equatable {
  var option: String
  var value: String
  var word: String

  /// Whether it can hardly be anything else: a unit behind a number, or inside an open bracket.
  var isSurelyOfValue: Bool {
    isInsideBrackets || value.last?.isNumber == true && StrayWord.units.contains(word)
  }

  private var isInsideBrackets: Bool {
    "{[".contains { opening in
      let closing: Character = opening == "{" ? "}" : "]"
      return value.count { $0 == opening } > value.count { $0 == closing }
    }
  }

  /// The option with its value as it has to be written.
  var mended: String { "\(option) '\(value) \(word)\(isInsideBrackets ? " ..." : "")'" }

  /// The units of all quantities that a scenario has.
  private static let units: Set<String> = [
    "bps", "kbps", "Mbps", "Gbps", "Tbps", "Pbps", "bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s",
    "Pbit/s", "B", "kB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "ns", "us", "µs",
    "μs", "ms", "s", "min", "h", "d", "/s", "/min", "/h", "/d", "/y", "%", "m", "km", "dB", "dBm",
    "dB/km", "ps/nm/km", "/W/km", "GHz", "THz", "GBd", "Gbaud", "tokens/s", "tokens/min",
    "tokens/h", "tokens/d", "tokens/day",
  ]
}
