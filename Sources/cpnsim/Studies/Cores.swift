// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Results

/// The cores of this machine that the process may use.
enum Cores {
  static var count: Int { allowed ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Those that the process is bound to, as a cluster binds its tasks; nil where nobody says.
  private static var allowed: Int? {
    guard let bytes = try? WholeFile.contents(of: "/proc/self/status") else { return nil }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("Cpus_allowed:") }
    let bits = line?.dropFirst("Cpus_allowed:".count)
      .reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
    return bits.flatMap { $0 > 0 ? $0 : nil }
  }
}
