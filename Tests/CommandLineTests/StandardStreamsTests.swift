// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing

// SPDX-License-Identifier: GPL-3.0-or-later
@testable import CommandLine

@Suite struct StandardStreamsTests {
  @Test func allBytesArrive() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let text = "算力网\n"
    #expect(writeAll(text, to: ends[1]) == 0)
    close(ends[1])
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(ends[0], &bytes, bytes.count)
    close(ends[0])
    #expect(Array(bytes.prefix(count)) == Array(text.utf8))
  }

  @Test func fullDiskIsReported() {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    #expect(writeAll("x", to: full) == ENOSPC)
    #expect(
      OutputError(errno: ENOSPC).description
        == "standard output: can't write: No space left on device")
  }

  @Test func closedPipeEndsTheProcessAsItsSignalWould() async {
    await #expect(processExitsWith: .signal(SIGPIPE)) {
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      signal(SIGPIPE, SIG_IGN)
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      close(ends[0])
      dup2(ends[1], STDOUT_FILENO)
      try StandardOutput.write("x")
    }
  }
}
