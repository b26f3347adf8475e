// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A value that several threads share, one at a time.
///
///     let count = Guarded(0)
///     count.withLock { $0 += 1 }
///
/// It is locked by pthread and not by the `Mutex` of Synchronization, which does the same: of that
/// ThreadSanitizer does not know that it locks, and takes all that stands behind it for races.
/// Whoever has the lock must not ask for it again.
public final class Guarded<Value>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  public init(_ value: sending Value) {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    precondition(pthread_mutex_init(mutex, nil) == 0, "the system has no lock more")
    self.value = value
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Works on the value while no other thread does.
  public func withLock<Result, Failure>(
    _ work: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try work(&value)
  }
}
