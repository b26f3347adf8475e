// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A path for a file of this process that is gone when the benchmark is over.
public func scratchFile(named name: String) -> String {
  let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
  return "\(folder)/cpnsim-bench-\(getpid())-\(name)"
}
