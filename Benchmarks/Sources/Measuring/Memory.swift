// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// What this process holds in memory, as the kernel counts it.
public enum Memory {
  /// Bytes resident now.
  public static var resident: Int { field("VmRSS:") }

  /// The most bytes resident since the last `forgetPeak`.
  public static var peak: Int { field("VmHWM:") }

  /// Gives freed memory back and starts to measure the peak from what is left.
  public static func forgetPeak() {
    returnFreedMemory()
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    // 5 resets the peak, as proc(5) says, and leaves the pages alone.
    fputs("5", file)
    fclose(file)
  }

  /// Calls `malloc_trim`, whose header Swift's Glibc module leaves out.
  private static func returnFreedMemory() {
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
  }

  private static func field(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 256)
    while fgets(&buffer, Int32(buffer.count), file) != nil {
      let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\t" }
      if words.count > 1, words[0] == name { return (Int(words[1]) ?? 0) * 1024 }
    }
    return 0
  }
}
