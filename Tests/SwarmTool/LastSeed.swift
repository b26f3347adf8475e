// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// The seed at work, said where the process dies of it, or does not come back from it.
enum LastSeed {
  /// In seconds of the processor, which a busy machine makes no longer; a scenario takes well
  /// below one.
  private static let longest = 120
  private static let capacity = 128
  /// Written before a scenario runs and read by a handler of signals, in one thread.
  nonisolated(unsafe) private static let text =
    UnsafeMutablePointer<CChar>.allocate(capacity: capacity)
  nonisolated(unsafe) private static var isListening = false

  static func note(_ seed: UInt64) {
    let words = Array(
      "\nswarm: died of seed \(seed); repeat it with make swarm SEED=\(seed)\n".utf8)
    for (place, byte) in words.prefix(capacity - 1).enumerated() {
      text[place] = CChar(bitPattern: byte)
    }
    text[min(words.count, capacity - 1)] = 0
    var time = itimerval(
      it_interval: timeval(), it_value: timeval(tv_sec: longest, tv_usec: 0))
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &time, nil)
    guard !isListening else { return }
    isListening = true
    signal(SIGPROF) { _ in
      let hung = "\nswarm: the seed takes too long"
      hung.utf8CString.withUnsafeBufferPointer {
        _ = write(STDERR_FILENO, $0.baseAddress, $0.count - 1)
      }
      write(STDERR_FILENO, LastSeed.text, strlen(LastSeed.text))
      _exit(1)
    }
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS] {
      signal(number) { number in
        write(STDERR_FILENO, LastSeed.text, strlen(LastSeed.text))
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
