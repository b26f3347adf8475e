// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A program made of commands and families of commands.
public struct Tool: Sendable {
  public let name: String
  public let version: String
  public let abstract: String
  public let entries: [ToolEntry]

  public init(name: String, version: String, abstract: String, entries: [ToolEntry]) {
    self.name = name
    self.version = version
    self.abstract = abstract
    self.entries = entries
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

  private func report(
    _ error: any Error, of words: [String], on console: Console
  ) -> ExitCode {
    let reportable = error as? any ReportableError
    let text = reportable?.description ?? String(describing: error)
    console.error("error: \(text)\n")
    if error is UsageError {
      console.error("See '\((topic(of: words) + ["--help"]).joined(separator: " "))'.\n")
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
