// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Locks

/// Keeps ready, for the thread that made it, the lines that say which run ended the process.
///
/// Does nothing where nobody listens for it.
final class TrapWatch {
  private let slot: UnsafeMutablePointer<TrapHandler.Slot>?
  private let stack: UnsafeMutableRawPointer?

  /// Which slots are free; nil where nobody listens.
  private static let free = Guarded<[Int]?>(nil)
  /// Enough for a handler that calls next to nothing, and for one of the system's behind it.
  private static let stackBytes = 256 << 10

  /// Lets threads have slots from now on.
  static func begin() {
    free.withLock { $0 = $0 ?? Array((0..<TrapHandler.most).reversed()) }
  }

  /// For the thread at hand, which must not outlive the file.
  init(of file: RecordFile) {
    guard let place = TrapWatch.free.withLock({ $0?.popLast() }) else {
      (slot, stack) = (nil, nil)
      return
    }
    let slot = TrapHandler.slots + place
    let count = Traps.signals.count * TrapHandler.stride
    let lines = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    lines.initialize(repeating: 0, count: count)
    slot.pointee = TrapHandler.Slot(
      isTaken: true, thread: pthread_self(), file: file.descriptor, lines: lines)
    self.slot = slot
    stack = TrapWatch.giveStack()
  }

  deinit {
    guard let slot else { return }
    let lines = slot.pointee.lines
    slot.pointee = TrapHandler.Slot()
    lines?.deallocate()
    TrapWatch.free.withLock { $0?.append(slot - TrapHandler.slots) }
    TrapWatch.take(stack)
  }

  /// Says that the thread begins a run.
  func begins(_ run: RunIdentity) {
    guard let lines = slot?.pointee.lines else { return }
    for (place, signal) in Traps.signals.enumerated() {
      let line = lines + place * TrapHandler.stride
      var length = 0
      for byte in RecordText.line(trapped: run, by: signal.name).utf8 {
        length += 1
        line[length] = byte
      }
      line[0] = UInt8(length)
    }
    slot?.pointee.isAtRun = true
  }

  /// Says that the run has ended.
  func ends() {
    slot?.pointee.isAtRun = false
  }

  // MARK: - The stack of the handler

  /// Nil where the thread has one already.
  private static func giveStack() -> UnsafeMutableRawPointer? {
    var known = stack_t()
    guard sigaltstack(nil, &known) == 0, known.ss_flags & Int32(SS_DISABLE) != 0 else {
      return nil
    }
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: stackBytes, alignment: 16)
    var stack = stack_t(ss_sp: bytes, ss_flags: 0, ss_size: stackBytes)
    sigaltstack(&stack, nil)
    return bytes
  }

  private static func take(_ stack: UnsafeMutableRawPointer?) {
    guard let stack else { return }
    var none = stack_t(ss_sp: nil, ss_flags: Int32(SS_DISABLE), ss_size: 0)
    sigaltstack(&none, nil)
    stack.deallocate()
  }
}
