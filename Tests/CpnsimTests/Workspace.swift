// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A folder of its own for one test, in which it runs the program; removed with the test.
final class Workspace {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cpnsim-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  func write(_ bytes: Data, to name: String) throws {
    try bytes.write(to: URL(filePath: "\(path)/\(name)"))
  }

  /// Writes a file that can be run at once.
  ///
  /// A process that another test begins while a file is written here holds it open for a moment, and what
  /// is open to be written can't be run: a process of its own writes it.
  func writeProgram(_ text: String, to name: String) throws {
    try write(text, to: name + ".text")
    let copied = try bash("install -m 700 '\(name).text' '\(name)' && rm '\(name).text'")
    guard copied.code == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// Every name under the folder, hidden ones too, in order.
  var names: [String] {
    (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []).sorted()
  }

  /// The rows of a CSV file without quotes in it, each by the names of its columns.
  func rows(of name: String) throws -> [[String: String]] {
    let lines = try text(of: name).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  func json(of name: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(text(of: name).utf8))
    return try #require(object as? [String: Any])
  }
}

/// How a process ended, and what it wrote.
struct Outcome {
  /// The exit code, or 128 and the signal that ended it, as shells count.
  var code: Int32
  var output: String
  var errors: String

  /// The output as a JSON object.
  func object() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }

  /// The output as a list of JSON objects.
  func objects() throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
  }
}

// MARK: - Processes

extension Workspace {
  /// The built program, which SwiftPM puts beside the tests.
  static var program: String {
    get throws {
      let tests = try #require(Bundle.main.executableURL).resolvingSymlinksInPath()
      return tests.deletingLastPathComponent().appending(path: "cpnsim").path
    }
  }

  /// Runs the program in the folder, to its end.
  func cpnsim(_ words: String...) throws -> Outcome {
    try outcome(of: start(words))
  }

  func cpnsim(_ words: [String]) throws -> Outcome {
    try outcome(of: start(words))
  }

  /// Runs a line of bash in the folder, in which `cpnsim` is the built program.
  func bash(_ line: String) throws -> Outcome {
    let folder = URL(filePath: try Workspace.program).deletingLastPathComponent().path
    return try outcome(
      of: spawn(["/bin/bash", "-c", "PATH='\(folder)':$PATH; \(line)"]))
  }

  /// Starts the program, with some variables as `NAME=value` added to its environment.
  func start(_ words: [String], with variables: [String] = []) throws -> Child {
    try spawn(["/usr/bin/env"] + variables + [Workspace.program] + words)
  }

  /// A process that has been started, and the files that take what it writes.
  struct Child {
    var pid: pid_t
    var words: [String]
    var output: Scratch
    var errors: Scratch
  }

  /// Waits for a process to end.
  func outcome(of child: Child) throws -> Outcome {
    var end = siginfo_t()
    while waitid(P_PID, id_t(child.pid), &end, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    if Overdue.forget(child.pid) { Issue.record("a process did not end by itself: \(child.words)") }
    var status: Int32 = 0
    while waitpid(child.pid, &status, 0) < 0 {
      guard errno == EINTR else { throw POSIXError(.ECHILD) }
    }
    let signal = status & 0x7F
    return Outcome(
      code: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: try child.output.text,
      errors: try child.errors.text)
  }

  private func spawn(_ words: [String]) throws -> Child {
    var child = Child(pid: 0, words: words, output: try Scratch(), errors: try Scratch())
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, child.output.path, O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, child.errors.path, O_WRONLY, 0)

    // The threads of tests block signals, and children would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    // The shell becomes the program, so that signals to it reach no other process.
    let inFolder = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", path] + words
    var arguments = inFolder.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let code = posix_spawn(&child.pid, inFolder[0], &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    Overdue.watch(child.pid)
    return child
  }
}

/// A file outside of any workspace, removed when nobody has it any more.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "cpnsim-\(UUID())").path
    try Data().write(to: URL(filePath: path))
  }

  deinit {
    unlink(path)
  }

  var text: String {
    get throws { try String(contentsOfFile: path, encoding: .utf8) }
  }
}
