// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Counts how often it was asked, on any thread.
final class Count: Sendable {
  private let value = Atomic(0)

  func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}
