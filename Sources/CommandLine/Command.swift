// SPDX-License-Identifier: GPL-3.0-or-later

/// A subcommand: a struct whose stored properties are its arguments with their defaults.
///
///     struct Run: Command {
///       static let name = "run"
///       static let abstract = "Simulate a scenario."
///       static var parameters: [Parameter<Self>] {
///         [ .argument("scenario", \.scenario, "The scenario file."),
///           .option("seed", \.seed, "The seed every random stream derives from.") ]
///       }
///       var scenario = ""
///       var seed = 1
///       func run() throws -> ExitCode { .done }
///     }
public protocol Command: SendableMetatype {
  static var name: String { get }
  /// One sentence that says what the command does.
  static var abstract: String { get }
  /// What the abstract leaves out, in paragraphs divided by an empty line.
  static var discussion: String { get }
  static var examples: [Example] { get }
  /// The arguments in the order of their places, and the options in the order of the help.
  static var parameters: [Parameter<Self>] { get }

  init()
  mutating func run() throws -> ExitCode
}

extension Command {
  public static var discussion: String { "" }
  public static var examples: [Example] { [] }
  public static var parameters: [Parameter<Self>] { [] }

  /// Reads the words that follow the command's name.
  public static func parse(_ words: [String]) throws(UsageError) -> Self {
    var parser = Parser(parameters, filling: Self())
    return try parser.parse(words)
  }

  static var declarations: [Declaration] {
    let fresh = Self()
    return parameters.map { parameter in
      var declaration = parameter.declaration
      declaration.defaultText = parameter.defaultText(fresh)
      return declaration
    }
  }
}

/// A command line and what it does.
public struct Example: Equatable, Sendable {
  public let line: String
  public let meaning: String

  public init(_ line: String, _ meaning: String) {
    self.line = line
    self.meaning = meaning
  }
}
