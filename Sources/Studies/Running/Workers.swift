// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Synchronization

/// Threads that do the same work until there is none left.
///
/// Of the system and not of Swift's own pool: that has as many threads as there are cores, whatever
/// the user asks for, and their stacks are small.
package enum Workers {
  /// Runs so many threads to their end, and meanwhile asks `watch` now and then whether to go on.
  ///
  /// Returns false where `watch` wanted to stop; the work has then to end by itself.
  package static func run(
    _ count: Int, each work: @escaping @Sendable (Int) -> Void, watch: () -> Bool
  ) -> Bool {
    let crew = Crew(work, count: max(1, count))
    let threads = (0..<max(1, count)).compactMap { crew.start($0) }
    var goesOn = true
    if threads.isEmpty { work(0) } else { goesOn = crew.await(threads.count, watch) }
    for thread in threads { pthread_join(thread, nil) }
    return goesOn
  }
}

/// The threads of one piece of work.
private final class Crew: Sendable {
  private let work: @Sendable (Int) -> Void
  nonisolated(unsafe) private let ended = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  /// What the deepest recursion of a scenario takes, many times over; pages are taken as needed.
  private static let stackBytes = 16 << 20
  private static let patience_ns = 20_000_000

  init(_ work: @escaping @Sendable (Int) -> Void, count: Int) {
    self.work = work
    sem_init(ended, 0, 0)
  }

  deinit {
    sem_destroy(ended)
    ended.deallocate()
  }

  /// What a thread is born with.
  private final class Birth {
    let crew: Crew
    let number: Int

    init(_ crew: Crew, _ number: Int) {
      self.crew = crew
      self.number = number
    }
  }

  /// Nil where the system has no thread more.
  func start(_ number: Int) -> pthread_t? {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    defer { pthread_attr_destroy(attributes) }
    pthread_attr_setstacksize(attributes, Self.stackBytes)
    var thread = pthread_t()
    let birth = Unmanaged.passRetained(Birth(self, number))
    let life: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { raw in
      guard let raw else { return nil }
      let birth = Unmanaged<Birth>.fromOpaque(raw).takeRetainedValue()
      birth.crew.work(birth.number)
      sem_post(birth.crew.ended)
      return nil
    }
    guard pthread_create(&thread, attributes, life, birth.toOpaque()) == 0 else {
      birth.release()
      return nil
    }
    return thread
  }

  /// Waits until so many threads have ended.
  func await(_ count: Int, _ watch: () -> Bool) -> Bool {
    var left = count
    var goesOn = true
    while left > 0 {
      var until = timespec()
      clock_gettime(CLOCK_REALTIME, &until)
      let nanoseconds = until.tv_nsec + Self.patience_ns
      until.tv_sec += nanoseconds / 1_000_000_000
      until.tv_nsec = nanoseconds % 1_000_000_000
      if sem_timedwait(ended, &until) == 0 {
        left -= 1
      } else if goesOn {
        goesOn = watch()
      }
    }
    return goesOn
  }
}
