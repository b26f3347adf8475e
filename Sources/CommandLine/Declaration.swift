// SPDX-License-Identifier: GPL-3.0-or-later

/// What help, messages and completions need to know of a parameter.
///
/// It does not know the command's type, so that one table can hold those of many commands.
struct Declaration {
  enum Kind: Equatable {
    case argument, optionalArgument
    case arguments(minimum: Int)
    case option, options, flag
  }

  let kind: Kind
  let name: String
  let help: String
  var valueName: String
  var example: String?
  var choices: [String] = []
  var completion = Completion.none
  var defaultText: String?

  var isPositional: Bool {
    switch kind {
    case .argument, .optionalArgument, .arguments: true
    case .option, .options, .flag: false
    }
  }

  var isRepeating: Bool {
    switch kind {
    case .arguments, .options: true
    case .argument, .optionalArgument, .option, .flag: false
    }
  }

  /// The fewest times that it must be given.
  var minimum: Int {
    switch kind {
    case .argument: 1
    case .arguments(let minimum): minimum
    case .optionalArgument, .option, .options, .flag: 0
    }
  }

  /// What a value has to be, for messages.
  var expectation: String { valueName + (example.map { " such as '\($0)'" } ?? "") }

  /// The way to write it: `<scenario>`, `--seed <whole number>` or `--quiet`.
  var spelling: String {
    switch kind {
    case .argument, .optionalArgument, .arguments: "<\(name)>"
    case .option, .options: "--\(name) <\(valueName)>"
    case .flag: "--\(name)"
    }
  }
}

extension Declaration {
  init<Value: ArgumentValue>(
    _ kind: Kind, _ name: String, _ help: String, _ type: Value.Type
  ) {
    self.init(
      kind: kind, name: name, help: help, valueName: Value.valueName, example: Value.example,
      choices: Value.choices,
      completion: Value.choices.isEmpty ? .none : .values(Value.choices))
  }

  static let help = Declaration(
    kind: .flag, name: "help", help: "Print this help and exit.", valueName: "")
  static let version = Declaration(
    kind: .flag, name: "version", help: "Print the version and exit.", valueName: "")
}

/// How a shell completes a value.
public enum Completion: Equatable, Sendable {
  /// Nothing is offered.
  case none
  /// Files, of the given extensions where there are any, and the folders on the way to them.
  case file(extensions: [String] = [])
  case directory
  case values([String])
}
