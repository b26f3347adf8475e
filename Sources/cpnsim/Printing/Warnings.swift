// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine

extension StandardError {
  /// What can be done and is hardly meant, one a line.
  static func write(warnings: [String]) {
    for warning in warnings { write("warning: \(warning)\n") }
  }
}
