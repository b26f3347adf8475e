// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Policies

/// The programs outside that decide in a run, and the seams that each of them answers.
///
/// Activities say before anything begins which seam is whose (`Activity.enlistPolicies`), and what
/// its program has to know beforehand. Seams that name the same command share one program, which is
/// started and greeted once, with what all of them have to tell.
final class OutsidePrograms {
  private let model: Model
  private var programs: [OutsideProgram] = []
  private var record: TalkRecord?

  init(_ model: Model) {
    self.model = model
  }

  /// Has a program decide at a seam, which is told so much in its greeting.
  func seam(
    _ name: String, by command: PolicyCommand, telling parts: GreetingParts = GreetingParts()
  ) -> OutsideSeam {
    let program = program(for: command, at: name)
    if !program.seams.contains(name) { program.seams.append(name) }
    program.parts.add(parts)
    return OutsideSeam(name: name, program: program)
  }

  private func program(for command: PolicyCommand, at seam: String) -> OutsideProgram {
    if let known = programs.first(where: { $0.command == command }) { return known }
    let others = programs.count { $0.seams.first == seam }
    let program = OutsideProgram(command, name: others > 0 ? "\(seam) \(others + 1)" : seam)
    programs.append(program)
    return program
  }

  /// Starts all, and introduces the run to each.
  func greet() throws(RunError) {
    guard !programs.isEmpty else { return }
    do throws(TalkError) {
      let record = try TalkRecord(model.policyRecording)
      self.record = record
      for program in programs {
        let talk = try PolicyTalk(program.command, as: program.name, record)
        program.talk = talk
        try talk.greet(hello(to: program), asking: program.seams)
      }
    } catch {
      throw RunError(error)
    }
  }

  /// Says good-bye to all.
  func end(at now: SimTime, into outcome: inout RunOutcome) throws(RunError) {
    do throws(TalkError) {
      for program in programs { try program.talk?.end(at: now.nanoseconds) }
      try record?.close()
    } catch {
      throw RunError(error)
    }
    guard case .policyAgainst(let path) = model.policyRecording.answers else { return }
    for program in programs {
      outcome.remarks.append(
        "\(program.name): \(program.command.text) answers all \(program.questions) questions as in "
          + path)
    }
  }

  private func hello(to program: OutsideProgram) -> [UInt8] {
    var writer = MessageWriter()
    writer.raw("{\"type\":\"hello\",\"v\":1,\"seams\":[")
    for seam in program.seams {
      writer.comma()
      writer.text(seam)
    }
    writer.raw("],\"seed\":")
    writer.raw(Array("\(model.seed)".utf8))
    writer.raw(",\"scenario\":")
    writer.text(model.name)
    if let duration = model.duration {
      writer.raw(",\"duration\":")
      writer.number(duration.nanoseconds)
    }
    writer.raw(",\"start\":")
    writer.text(model.computing.calendar.start.description)
    for part in program.parts.all {
      writer.raw(",")
      writer.text(part.key)
      writer.raw(":")
      writer.raw(part.value)
    }
    writer.raw("}")
    writer.endLine()
    return writer.bytes
  }
}

/// A program outside: what it is started by, what it answers, and how often it was asked.
final class OutsideProgram {
  let command: PolicyCommand
  /// What it is called in transcripts and where something is wrong with it before it is asked.
  let name: String
  fileprivate(set) var seams: [String] = []
  fileprivate var parts = GreetingParts()
  /// Nil before it is greeted.
  fileprivate(set) var talk: PolicyTalk?
  /// Over all its seams.
  var questions = 0
  /// What it is sent next.
  var writer = MessageWriter()

  init(_ command: PolicyCommand, name: String) {
    self.command = command
    self.name = name
  }
}

/// What a program is told once, key by key; of two seams that tell the same, one does.
struct GreetingParts {
  private(set) var all: [(key: String, value: [UInt8])] = []

  mutating func add(_ key: String, _ write: (inout MessageWriter) -> Void) {
    var writer = MessageWriter()
    write(&writer)
    all.append((key, writer.bytes))
  }

  mutating func add(_ key: String, _ duration: SimDuration?) {
    guard let duration else { return }
    add(key) { $0.number(duration.nanoseconds) }
  }

  mutating func add(_ others: GreetingParts) {
    for part in others.all where !all.contains(where: { $0.key == part.key }) { all.append(part) }
  }
}
