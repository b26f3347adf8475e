// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// What is known of the terminal behind a file descriptor.
public struct Terminal: Sendable {
  private let descriptor: Int32

  public static let output = Terminal(descriptor: STDOUT_FILENO)
  public static let error = Terminal(descriptor: STDERR_FILENO)

  /// Whether there is a terminal, and not a file or a pipe.
  public var isPresent: Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal, or 80 where it does not say.
  public var width: Int {
    var size = winsize()
    // A terminal of `script` or of a build server answers with zero columns.
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The columns that a table may take; nil where it may be as wide as it is, as in a file.
  ///
  /// COLUMNS goes before all, so that whoever sets it decides for files and pipes too.
  public var tableWidth: Int? {
    Self.tableWidth(columns: Self.variable("COLUMNS"), terminal: isPresent ? width : nil)
  }

  static func tableWidth(columns: String?, terminal: Int?) -> Int? {
    if let given = columns.flatMap({ Int($0) }), given > 0 { return given }
    return terminal
  }

  /// Whether to use colours: on a terminal, unless NO_COLOR or a dumb terminal forbids it.
  public var isColoured: Bool {
    Self.allowsColour(
      isTerminal: isPresent, noColour: Self.variable("NO_COLOR"), kind: Self.variable("TERM"))
  }

  /// See https://no-color.org: any text but the empty one forbids colours.
  static func allowsColour(isTerminal: Bool, noColour: String?, kind: String?) -> Bool {
    isTerminal && (noColour ?? "").isEmpty && kind != "dumb"
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
