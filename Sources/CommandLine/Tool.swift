// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A program made of subcommands.
public struct Tool: Sendable {
  public let name: String
  public let version: String
  public let abstract: String
  public let commands: [any Command.Type]

  public init(
    name: String, version: String, abstract: String, commands: [any Command.Type]
  ) {
    self.name = name
    self.version = version
    self.abstract = abstract
    self.commands = commands
  }

  /// Runs the command that the process was started with, and ends the process.
  public func main() -> Never {
    // A closed pipe is then an error of the write that met it, which knows what to do. Programs
    // started from here inherit this, and need the default back.
    signal(SIGPIPE, SIG_IGN)
    let code = run(Array(Swift.CommandLine.arguments.dropFirst()))
    // A wish that comes late is not lost: whoever started this is told.
    exit((Interrupt.isRequested ? .interrupted : code).rawValue)
  }

  /// Runs a command line, reports its error if there is one, and returns the exit code.
  public func run(_ words: [String], on console: Console = .standard) -> ExitCode {
    do {
      guard !words.isEmpty else {
        console.error(Help.page(of: self))
        return .wrongInput
      }
      switch try request(words) {
      case .answer(let text):
        try console.output(text)
        return .done
      case .run(var command):
        return try command.run()
      }
    } catch {
      return report(error, of: words, on: console)
    }
  }

  enum Request {
    case answer(String)
    case run(any Command)
  }

  func request(_ words: [String]) throws(UsageError) -> Request {
    let options = words.prefix { $0 != "--" }
    guard let first = words.first else { throw .missingCommand(known: commandNames) }
    if options.contains("--version") { return .answer("\(name) \(version)\n") }
    if first == "--help" { return .answer(Help.page(of: self)) }
    if first == "help" {
      let topic = words.dropFirst().first { !$0.hasPrefix("-") }
      guard let topic else { return .answer(Help.page(of: self)) }
      return .answer(Help.page(of: try command(topic), in: self))
    }
    if first.hasPrefix("-") { throw .unknownOption(first, known: ["--help", "--version"]) }
    let command = try command(first)
    if options.contains("--help") { return .answer(Help.page(of: command, in: self)) }
    return .run(try command.parse(Array(words.dropFirst())))
  }

  private func command(_ name: String) throws(UsageError) -> any Command.Type {
    if let command = commands.first(where: { $0.name == name }) { return command }
    throw .unknownCommand(name, known: commandNames)
  }

  private var commandNames: [String] { commands.map { $0.name } + ["help"] }

  private func report(
    _ error: any Error, of words: [String], on console: Console
  ) -> ExitCode {
    let reportable = error as? any ReportableError
    let text = reportable?.description ?? String(describing: error)
    console.error("error: \(text)\n")
    if error is UsageError {
      let topic = commands.first { $0.name == words.first }.map { $0.name + " " } ?? ""
      console.error("See '\(name) \(topic)--help'.\n")
    }
    return reportable?.exitCode ?? .failed
  }
}

/// Where a tool writes: the process's standard streams, or what a test gives.
public struct Console {
  public let output: (String) throws -> Void
  public let error: (String) -> Void

  public init(output: @escaping (String) throws -> Void, error: @escaping (String) -> Void) {
    self.output = output
    self.error = error
  }

  public static var standard: Console {
    Console(output: StandardOutput.write, error: StandardError.write)
  }
}
