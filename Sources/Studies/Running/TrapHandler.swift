// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// The handler of signals that end the process, and all that it touches.
///
/// Nothing here may take a lock or memory once a signal has come: what it needs lies ready.
enum TrapHandler {
  /// What one thread is at.
  struct Slot {
    var isTaken = false
    var thread = pthread_t()
    /// The descriptor of the records.
    var file: Int32 = -1
    /// A line for each signal, with its length in the byte before it.
    var lines: UnsafeMutablePointer<UInt8>?
    /// Whether a run is under way, of which the lines tell.
    var isAtRun = false
  }

  /// As many threads as a sweep may have.
  static let most = 4096
  /// The room of a line with its length.
  static let stride = 64

  nonisolated(unsafe) static let slots = UnsafeMutablePointer<Slot>.allocate(capacity: most)
  /// What each signal did before.
  nonisolated(unsafe) private static let earlier =
    UnsafeMutablePointer<sigaction>.allocate(capacity: signalCount)
  /// Which line is that of a signal.
  nonisolated(unsafe) private static let places =
    UnsafeMutablePointer<Int>.allocate(capacity: signalCount)
  nonisolated(unsafe) private static let lastWords =
    UnsafeMutablePointer<UInt8>.allocate(capacity: lastText.utf8.count)

  private static let signalCount = 65
  private static let lastText =
    "\nerror: a run ended the program; the same command goes on without it\n"
  private static let lastCount = lastText.utf8.count

  /// Makes all that a handler must not be the first to touch.
  static func prepare() {
    slots.initialize(repeating: Slot(), count: most)
    earlier.initialize(repeating: sigaction(), count: signalCount)
    places.initialize(repeating: 0, count: signalCount)
    for (index, byte) in lastText.utf8.prefix(lastCount).enumerated() { lastWords[index] = byte }
  }

  /// Heeds a signal, whose lines stand at that place among the others.
  static func handle(_ signal: Int32, as place: Int) {
    places[Int(signal)] = place
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { signal, info, _ in
      // What somebody sends to the process says nothing of the thread that it happens to hit.
      // Nothing generic here: its types would be made by the runtime, which may hold its locks.
      var isSent = false
      if let info { isSent = info.pointee.si_code == Int32(SI_USER) }
      if !isSent { TrapHandler.note(signal) }
      sigaction(signal, TrapHandler.earlier + Int(signal), nil)
      // Comes once this handler has returned, with the thread where the fault was.
      raise(signal)
    }
    sigemptyset(&action.sa_mask)
    // On a stack of its own: what is full may be that of the thread.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK
    sigaction(signal, &action, earlier + Int(signal))
  }

  private static func note(_ signal: Int32) {
    let thread = pthread_self()
    var slot = slots
    while slot < slots + most {
      if slot.pointee.isTaken, slot.pointee.thread == thread {
        if slot.pointee.isAtRun, hasMemory() { write(slot, signal) }
        return
      }
      slot += 1
    }
  }

  private static func write(_ slot: UnsafeMutablePointer<Slot>, _ signal: Int32) {
    guard let lines = slot.pointee.lines else { return }
    let line = lines + places[Int(signal)] * stride
    _ = Glibc.write(slot.pointee.file, line + 1, Int(line.pointee))
    _ = Glibc.write(STDERR_FILENO, lastWords, lastCount)
  }

  /// Whether the system has a little memory left: what ended the process is else the lack of it.
  private static func hasMemory() -> Bool {
    let bytes = 64 << 20
    let found = mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let found, found != MAP_FAILED else { return false }
    munmap(found, bytes)
    return true
  }
}
