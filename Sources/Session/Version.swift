// SPDX-License-Identifier: GPL-3.0-or-later

/// The version of the program, as `--version` and manifests state it.
public enum Version {
  public static let text = "0.1.0"
}
