// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
private import Glibc
internal import Policies
internal import Results
internal import YAMLReader

// Programs outside: that they can be started, and what they are is a part of what the run is.

extension Checker {
  /// How a program is started; nil where a rule that comes with this one decides.
  mutating func command<Rule>(of decider: Decider<Rule>?) -> PolicyCommand? {
    guard case .program(let section) = decider else { return nil }
    return command(section.command, timeout: section.timeout.value, files: section.files)
  }

  /// How a program is started.
  mutating func command(
    _ command: Written<[String]>, timeout: SimDuration?, files: Written<[String]>?
  ) -> PolicyCommand {
    checkProgram(command)
    for word in command.value { addFile(word) }
    for file in files?.value ?? [] where !addFile(file) {
      report(
        "\(Node.quoted(path(of: file))) can't be read: \(Self.reason(path(of: file))), expected a "
          + "file that the policy reads", at: files ?? command)
    }
    return PolicyCommand(
      command.value, in: directory,
      timeout: timeout?.seconds ?? PolicyCommand.standardTimeout)
  }

  // MARK: - The program

  private mutating func checkProgram(_ command: Written<[String]>) {
    guard let word = command.value.first, !word.isEmpty else {
      return report("found no program, expected one with its arguments", at: command)
    }
    if command.value.contains(where: { $0.utf8.contains(0) }) {
      return report("found a NUL character, expected words without", at: command)
    }
    guard word.contains("/") else {
      if !PolicyCommand.isInPath(word) {
        report(
          "found \(Node.quoted(word)), which is in no folder of PATH, expected a program",
          at: command)
      }
      return
    }
    let file = path(of: word)
    if !Self.isProgram(file) {
      let reason = access(file, F_OK) == 0 ? "is no file that may be run" : "is not there"
      report("\(Node.quoted(file)) \(reason), expected a program", at: command)
    }
  }

  private static func isProgram(_ file: String) -> Bool {
    isFile(file) && access(file, X_OK) == 0
  }

  private static func isFile(_ file: String) -> Bool {
    var status = stat()
    return stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func reason(_ file: String) -> String {
    access(file, R_OK) == 0 ? "it is no file" : String(cString: strerror(errno))
  }

  // MARK: - Its files

  /// Makes a file a part of what the run is; says whether there is one of that name.
  ///
  /// A program that PATH leads to is a part of the machine, as this one's libraries are.
  @discardableResult
  private mutating func addFile(_ word: String) -> Bool {
    let file = path(of: word)
    guard Self.isFile(file), !inputs.contains(where: { $0.path == file }) else {
      return Self.isFile(file)
    }
    guard let fingerprint = try? FileFingerprint.read(file) else { return false }
    inputs.append(
      (file, FileRecord(fingerprint: fingerprint, isPart: false, fileBytes: fingerprint.bytes)))
    return true
  }
}
