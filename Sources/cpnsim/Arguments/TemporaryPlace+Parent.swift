// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results

extension TemporaryPlace {
  /// TMPDIR, or /tmp.
  static var parent: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }
}
