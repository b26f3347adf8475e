// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Locks
internal import Synchronization

/// The wish of whoever runs the program that it stop: SIGINT, SIGTERM, SIGHUP or SIGUSR1.
///
/// Work that can say what it leaves undone does so inside `heeding` and looks at `isRequested`. Where
/// nobody looks, or not soon, a thread of its own removes what is half made and ends the process:
/// no work has to look, and none can hold the wish up. Signals belong to the process: hence no
/// instances.
///
/// Inside `finishing` SIGTERM and SIGUSR1, by which schedulers say that the end is near, are milder:
/// the work looks at `isEndRequested`, finishes what it is at, and takes what time it needs.
public enum Interrupt {
  /// Starts to listen, in place of the default of ending the process.
  ///
  /// `cleanUp` runs before the process ends, on another thread than the work; it returns whether
  /// there was anything half made.
  public static func listen(_ cleanUp: @escaping @Sendable () -> Bool = { false }) {
    self.cleanUp.withLock { $0 = cleanUp }
    // The handler must not be the first to touch these: making them takes a lock.
    sem_init(wish, 0, 0)
    flag.store(false, ordering: .relaxed)
    heeders.store(0, ordering: .relaxed)
    endFlag.store(false, ordering: .relaxed)
    finishers.store(0, ordering: .relaxed)
    hasStopped.store(false, ordering: .relaxed)
    var thread = pthread_t()
    let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
      Interrupt.wait()
    }
    // A process that may have no thread more keeps the default, which ends it at once.
    guard pthread_create(&thread, nil, start, nil) == 0 else { return }
    pthread_detach(thread)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGUSR1] { handle(signal) }
  }

  /// Whether a signal has come since `listen()`.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Does work that looks at `isRequested` and stops by itself, if that is soon.
  public static func heeding<Value, Failure>(
    _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    heeders.add(1, ordering: .relaxed)
    defer { heeders.subtract(1, ordering: .relaxed) }
    do {
      return try work()
    } catch {
      // It may stop before the thread that ends the process has woken.
      if isRequested { hasStopped.store(true, ordering: .relaxed) }
      throw error
    }
  }

  /// Whether work inside `finishing` was told that the end is near.
  public static var isEndRequested: Bool { endFlag.load(ordering: .relaxed) }

  /// Does work that finishes what it is at, and begins nothing more, where the end is near.
  public static func finishing<Value, Failure>(
    _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    finishers.add(1, ordering: .relaxed)
    defer { finishers.subtract(1, ordering: .relaxed) }
    return try work()
  }

  private static let flag = Atomic(false)
  private static let endFlag = Atomic(false)
  /// How many threads are inside `finishing`.
  private static let finishers = Atomic(0)
  /// How many threads are inside `heeding`.
  private static let heeders = Atomic(0)
  /// Whether work has stopped for a signal.
  private static let hasStopped = Atomic(false)
  /// Counts the signals.
  ///
  /// Of what wakes a thread only this may be used by a handler.
  nonisolated(unsafe) private static let wish = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private static let cleanUp = Guarded<@Sendable () -> Bool>({ false })

  /// For how long work that heeds the wish may go on, in seconds.
  private static let patience = 0.4
}

extension Interrupt {
  private static func handle(_ signal: Int32) {
    var action = sigaction()
    // A program that `nohup` started outlives its terminal.
    if signal == SIGHUP, sigaction(signal, nil, &action) == 0,
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        == unsafeBitCast(SIG_IGN, to: Int.self)
    {
      return
    }
    action.__sigaction_handler.sa_handler = { signal in
      if signal == SIGTERM || signal == SIGUSR1,
        Interrupt.finishers.load(ordering: .relaxed) > 0
      {
        Interrupt.endFlag.store(true, ordering: .relaxed)
        return
      }
      Interrupt.flag.store(true, ordering: .relaxed)
      sem_post(Interrupt.wish)
    }
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_RESTART
    sigaction(signal, &action, nil)
  }

  /// The life of the thread that ends the process.
  private static func wait() -> Never {
    while sem_wait(wish) != 0 {}
    let hasHeeders = heeders.load(ordering: .relaxed) > 0
    if hasHeeders { awaitSecond() }
    // Work that heeds the wish may have removed what it had half made, and not have said so yet.
    let wasBusy =
      cleanUp.withLock { $0() } || hasHeeders || hasStopped.load(ordering: .relaxed)
    let line = Terminal.error.isPresent ? "\r\u{1B}[K" : ""
    StandardError.write(
      "\(line)error: interrupted\(wasBusy ? "; no results were written" : "")\n")
    _exit(ExitCode.interrupted.rawValue)
  }

  /// Gives the work its time, or less where a second signal comes.
  private static func awaitSecond() {
    var end = timespec()
    clock_gettime(CLOCK_REALTIME, &end)
    let nanoseconds = end.tv_nsec + Int(patience * 1e9)
    end.tv_sec += nanoseconds / 1_000_000_000
    end.tv_nsec = nanoseconds % 1_000_000_000
    while sem_timedwait(wish, &end) != 0, errno == EINTR {}
  }
}
