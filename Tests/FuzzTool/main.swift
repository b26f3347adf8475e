// SPDX-License-Identifier: GPL-3.0-or-later
internal import FuzzKit
internal import Glibc
internal import TestSupport

let usage = """
  usage: fuzz TARGET [libFuzzer's options] CORPUS ...   look for inputs that break a reader
         fuzz TARGET FILE ...                           repeat inputs
         fuzz words TARGET                              print its dictionary
         fuzz targets                                   print the targets

  """

/// Feeds files to a target, for builds without libFuzzer; gives the status to end with.
func repeatInputs(_ paths: [String], of target: FuzzTarget) -> CInt {
  guard !paths.isEmpty, !paths.contains(where: { $0.hasPrefix("-") }) else {
    print("error: this build repeats inputs only; 'make fuzz' makes one with libFuzzer")
    return 64
  }
  var status: CInt = 0
  for path in paths {
    guard let bytes = bytes(ofFile: path) else {
      print("error: \(path) can't be read")
      return 66
    }
    let flaw = target.flaw(in: bytes)
    if flaw != nil { status = 1 }
    print("\(path): \(flaw ?? "read or refused, as it should be")")
  }
  return status
}

let words = Array(CommandLine.arguments.dropFirst())
if LibFuzzer.isThere, let target = LibFuzzer.inherited {
  exit(LibFuzzer.run(target, arguments: words))
}
switch (words.first, words.dropFirst().first) {
case ("targets", nil):
  print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
case ("words", let name?) where FuzzTarget(named: name) != nil:
  print(FuzzTarget(named: name)?.dictionary ?? "", terminator: "")
case (let name?, _):
  guard let target = FuzzTarget(named: name) else { fallthrough }
  let rest = Array(words.dropFirst())
  exit(
    LibFuzzer.isThere
      ? LibFuzzer.run(target, arguments: rest) : repeatInputs(rest, of: target))
default:
  print(usage, terminator: "")
  exit(64)
}
