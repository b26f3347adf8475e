// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
private import Glibc
internal import Policies
internal import Results
internal import Scheduling
internal import YAMLReader

extension Checker {
  /// What sends jobs to pools.
  mutating func placement() -> PlacementTerms {
    guard let section = scenario.placement else { return PlacementTerms() }
    var terms = terms(of: section)
    terms.moves = moves(of: section)
    terms.preempts = section.preempt
    return terms
  }

  /// When jobs may leave their pools.
  private mutating func moves(of section: PlacementSection) -> MoveTerms? {
    guard let moves = section.moves else { return nil }
    if let rule = section.policy, !rule.weighsPools {
      report(
        "found `moves` with \(rule.rawValue), expected a policy for which one pool is better than "
          + "another", at: moves.origin)
    }
    if moves.gain.value.share >= 1 {
      report("found 100 % or more, expected less", at: moves.gain)
    }
    return MoveTerms(every: moves.every.value, gain: moves.gain.value.share)
  }

  private mutating func terms(of section: PlacementSection) -> PlacementTerms {
    if let command = section.command {
      return PlacementTerms(
        .outside(outside(command, section)), latency: section.latency?.value)
    }
    let rule = section.policy ?? .nearest
    if section.latency == nil, rule.needsLatency {
      report("found no latency, which cheapest-within-latency needs", at: section.origin)
    }
    return PlacementTerms(rule: rule, latency: section.latency?.value)
  }

  private mutating func outside(
    _ command: Written<[String]>, _ section: PlacementSection
  ) -> OutsidePlacement {
    checkProgram(command)
    for word in command.value { addFile(word) }
    for file in section.files?.value ?? [] where !addFile(file) {
      report(
        "\(Node.quoted(path(of: file))) can't be read: \(Self.reason(path(of: file))), expected a file that "
          + "the policy reads", at: section.files ?? command)
    }
    return OutsidePlacement(
      command: PolicyCommand(
        command.value, in: directory,
        timeout: section.timeout?.value.seconds ?? PolicyCommand.standardTimeout),
      candidates: section.candidates?.value ?? OutsidePlacement.standardCandidates,
      delay: section.delay ?? .zero, asking: section.ask ?? .each)
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
