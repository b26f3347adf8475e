// SPDX-License-Identifier: GPL-3.0-or-later

/// The version of the program, as `--version` and manifests state it.
enum Version {
  static let text = "0.1.0"
}
