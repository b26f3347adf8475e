// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import Results
internal import Studies
internal import Text

/// Counts the instructions of a run, in a process of its own.
///
/// By `perf stat` where the processor and the system let it count, else by callgrind where Valgrind
/// is installed. Hashes of the program are made the same each time, or counts would vary by them.
enum InstructionCounter {
  /// Nil where nothing counts.
  static func count(_ suiteCase: SuiteCase) throws -> InstructionCount? {
    guard let program = ownPath else { return nil }
    let words = ["run", suiteCase.scenarioPath, "--quiet"] + suiteCase.arguments
    return try perf([program] + words) ?? callgrind(program, words)
  }

  private static func perf(_ words: [String]) throws -> InstructionCount? {
    let text = try answer { file in
      ["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", file, "--"] + words
    }
    // A line of fields, of which the first is the count, or says that there is none.
    let line = text?.split(separator: "\n").first { $0.contains("instructions") }
    let count = line?.split(separator: ",", omittingEmptySubsequences: false).first
    return count.flatMap { Int64($0) }.map { InstructionCount(tool: "perf", count: $0) }
  }

  /// Valgrind gives up at debugging information that is newer than itself: it gets a copy without.
  private static func callgrind(
    _ program: String, _ words: [String]
  ) throws -> InstructionCount? {
    let copy = try scratchFile()
    defer { unlink(copy) }
    let strip = ChildProgram(path: "strip", arguments: ["-o", copy, program], isSilent: true)
    let isCopied = (try? strip.output()) != nil && chmod(copy, 0o700) == 0
    let text = try answer { file in
      ["valgrind", "--tool=callgrind", "--callgrind-out-file=\(file)", "-q"]
        + [isCopied ? copy : program] + words
    }
    let line = text?.split(separator: "\n").first { $0.hasPrefix("totals: ") }
    return line.flatMap { Int64($0.dropFirst("totals: ".count)) }.map {
      InstructionCount(tool: "callgrind", count: $0)
    }
  }

  /// What a tool writes to a file; nil where there is no such tool, or it does not end well.
  private static func answer(_ words: (String) -> [String]) throws -> String? {
    let file = try scratchFile()
    defer { unlink(file) }
    let child = ChildProgram(
      path: "env", arguments: ["SWIFT_DETERMINISTIC_HASHING=1"] + words(file), isSilent: true)
    guard (try? child.output()) != nil else { return nil }
    return String(decoding: try WholeFile.contents(of: file), as: UTF8.self)
  }

  private static func scratchFile() throws -> String {
    let parent = TemporaryPlace.parent
    var template = Array("\(parent)/cpnsim-count-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw ResultsError(path: parent, reason: .system(errno)) }
    close(descriptor)
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static var ownPath: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}
