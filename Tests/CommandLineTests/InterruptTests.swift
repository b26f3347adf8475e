// SPDX-License-Identifier: GPL-3.0-or-later
import CommandLine
import Glibc
import Testing

@Suite struct InterruptTests {
  @Test func workThatHeedsTheWishGoesOnUntilTheSecond() async {
    await #expect(processExitsWith: .exitCode(130)) {
      // Threads of a pool block signals, and the main thread, which does not, is not at hand.
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      Interrupt.listen { true }
      guard !Interrupt.isRequested else { exit(1) }
      Interrupt.heeding {
        raise(SIGTERM)
        // A wrong flag ends the process with another code, which the test would see.
        guard Interrupt.isRequested else { exit(1) }
        raise(SIGINT)
        while true { pause() }
      }
    }
  }

  @Test func workThatLooksAtNothingIsEndedAndCleanedUpBehind() async {
    await #expect(processExitsWith: .exitCode(7)) {
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      Interrupt.listen { exit(7) }
      raise(SIGINT)
      while true { pause() }
    }
  }
}
