// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// Ends the process that calls it once it has used so many seconds of the processor from now on.
///
/// For tests that would never end without what they test: they run in a process of their own,
/// which is then ended by a signal, so that they fail.
public func limitProcessorTime(seconds: UInt) {
  var used = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
  let all = UInt(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds
  var limit = rlimit(rlim_cur: all, rlim_max: all + 5)
  setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
}
