// SPDX-License-Identifier: GPL-3.0-or-later
internal import FuzzKit
internal import Glibc

/// libFuzzer, a library of the compiler, where the program is linked with it.
///
/// It is looked for when the program runs: an ordinary build has none, and can still repeat inputs.
enum LibFuzzer {
  private typealias Test = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  private typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private typealias Driver =
    @convention(c) (
      UnsafeMutablePointer<CInt>, UnsafeMutablePointer<Arguments?>, Test
    ) -> CInt

  /// Set once, before the fuzzer starts in the same thread.
  nonisolated(unsafe) private static var target: FuzzTarget?

  private static var driver: Driver? {
    dlsym(nil, "LLVMFuzzerRunDriver").map { unsafeBitCast($0, to: Driver.self) }
  }

  static var isThere: Bool { driver != nil }

  /// The target of the fuzzer that started this one, as it does to merge and to make inputs smaller.
  ///
  /// It hands down its own options, among which there is no target.
  static var inherited: FuzzTarget? {
    getenv(variable).flatMap { FuzzTarget(named: String(cString: $0)) }
  }

  private static let variable = "CPNSIM_FUZZ_TARGET"

  /// Hands over to the fuzzer with its own options; gives the status to end with.
  static func run(_ target: FuzzTarget, arguments: [String]) -> CInt {
    guard let driver else { return 1 }
    self.target = target
    setenv(variable, target.name, 1)
    // Nothing may wait for somebody to type.
    close(STDIN_FILENO)
    _ = open("/dev/null", O_RDONLY)
    let words = [CommandLine.arguments[0], "-max_len=\(target.longest)"] + arguments
    let list = Arguments.allocate(capacity: words.count + 1)
    for (place, word) in words.enumerated() { list[place] = strdup(word) }
    list[words.count] = nil
    var (count, pointer): (CInt, Arguments?) = (CInt(words.count), list)
    return driver(&count, &pointer) { data, size in
      let bytes = Array(UnsafeBufferPointer(start: data, count: size))
      if let flaw = LibFuzzer.target?.flaw(in: bytes) { fatalError(flaw) }
      return 0
    }
  }
}
