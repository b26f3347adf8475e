// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A command line that can't be understood.
public enum UsageError: ReportableError, Equatable {
  case missingCommand(known: [String])
  case unknownCommand(String, known: [String])
  case unknownOption(String, known: [String])
  /// An option that commands of the same family have, and this one has not.
  case optionOfOthers(String, [String])
  /// An option in the place of a name that must come first.
  case optionBeforeName(String, String, known: [String])
  case missingValue(String)
  case flagWithValue(String, String)
  case repeatedOption(String)
  case missingArgument(String)
  case excessArgument(String, expected: Int)
  /// A part of an option's value that a shell has made a word of its own.
  case strayWord(option: String, value: String, word: String, mended: String)
  case invalidValue(String, parameter: String, expected: String, choices: [String])
  /// Arguments that are right one by one and make no sense together.
  case other(String)

  public var exitCode: ExitCode { .wrongInput }

  public var description: String {
    switch self {
    case .missingCommand(let known):
      "missing command: expected one of \(known.joined(separator: ", "))"
    case .unknownCommand(let word, let known):
      "unknown command '\(word)'" + advice(word, known)
    case .unknownOption(let word, let known):
      "unknown option '\(word)'" + advice(word, known)
    case .optionOfOthers(let option, let owners):
      "\(option) goes with \(owners.map { "'\($0)'" }.joined(separator: ", ")) only"
    case .optionBeforeName(let option, let name, let known):
      "'\(option)' stands before \(name)\n  expected one of: \(known.joined(separator: ", "))"
    case .missingValue(let spelling):
      "missing value: expected '\(spelling)'"
    case .flagWithValue(let flag, let value):
      "'\(flag)' takes no value, found '\(value)'"
    case .repeatedOption(let option):
      "'\(option)' was given more than once"
    case .missingArgument(let spelling):
      "missing argument '\(spelling)'"
    case .excessArgument(let word, let expected):
      "unexpected argument '\(word)': expected "
        + (expected == 0 ? "none" : expected == 1 ? "only one" : "only \(expected)")
    case .strayWord(let option, let value, let word, let mended):
      "'\(word)' stands alone after '\(option) \(value)'; a value with blanks needs quotes: "
        + mended
    case .invalidValue(let word, let parameter, let expected, let choices):
      "'\(word)' is no value for '\(parameter)'"
        + (choices.isEmpty ? ": expected a \(expected)" : advice(word, choices))
    case .other(let message):
      message
    }
  }

  /// The nearest known word where there is one, and all the known words.
  private func advice(_ word: String, _ known: [String]) -> String {
    // Dashes are not what was mistyped.
    let names = known.map { (bare: String($0.drop { $0 == "-" }), spelling: $0) }
    let near = nearestName(to: String(word.drop { $0 == "-" }), among: names.map(\.bare))
    let spelling = names.first { $0.bare == near }?.spelling
    let suggestion = spelling.map { "; did you mean '\($0)'?" } ?? ""
    return suggestion + "\n  expected one of: \(known.joined(separator: ", "))"
  }
}
