// SPDX-License-Identifier: GPL-3.0-or-later
import Locks
import Testing

@Suite struct GuardedTests {
  struct Refusal: Error {}

  @Test func oneThreadAtATimeChangesIt() async {
    let counts = Guarded((first: 0, second: 0))
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<20_000 {
            counts.withLock {
              $0.first += 1
              $0.second = $0.first
            }
          }
        }
      }
    }
    #expect(counts.withLock { $0 == (80_000, 80_000) })
  }

  /// What ends by an error gives the lock back.
  @Test func anErrorLeavesItOpen() {
    let value = Guarded([1])
    #expect(throws: Refusal.self) {
      try value.withLock { value in
        value.append(2)
        throw Refusal()
      }
    }
    #expect(value.withLock { $0 } == [1, 2])
  }
}
