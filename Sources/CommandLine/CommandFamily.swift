// SPDX-License-Identifier: GPL-3.0-or-later

/// Commands that share their first word, each with options and help of its own.
///
///     CommandFamily(
///       name: "show", placeholder: "what", abstract: "Show the parts of a scenario.",
///       members: [ShowLinks.self, ShowPaths.self])
///
/// The second word, such as `links`, is the name of the member.
public struct CommandFamily: Sendable {
  public let name: String
  /// What help and messages call the second word.
  public let placeholder: String
  public let abstract: String
  public let discussion: String
  public let examples: [Example]
  public let members: [any Command.Type]

  public init(
    name: String, placeholder: String, abstract: String, discussion: String = "",
    examples: [Example] = [], members: [any Command.Type]
  ) {
    self.name = name
    self.placeholder = placeholder
    self.abstract = abstract
    self.discussion = discussion
    self.examples = examples
    self.members = members
  }

  var memberNames: [String] { members.map { $0.name } }

  /// The member of that name.
  func member(_ word: String) throws(UsageError) -> any Command.Type {
    if let member = members.first(where: { $0.name == word }) { return member }
    if word.hasPrefix("-") {
      throw .optionBeforeName(word, "<\(placeholder)>", known: memberNames)
    }
    throw .invalidValue(
      word, parameter: "<\(placeholder)>", expected: placeholder, choices: memberNames)
  }

  /// Reads the words behind the name of a member, and says whose an option is that it has not.
  func parse(_ member: any Command.Type, _ words: [String]) throws(UsageError) -> any Command {
    do throws(UsageError) {
      return try member.parse(words)
    } catch .unknownOption(let option, let known) {
      let owners = members.filter { owner in
        owner.declarations.contains { !$0.isPositional && "--" + $0.name == option }
      }
      guard !owners.isEmpty else { throw .unknownOption(option, known: known) }
      throw .optionOfOthers(option, owners.map { "\(name) \($0.name)" })
    }
  }
}

/// What the first word of a tool names.
public enum ToolEntry: Sendable {
  case command(any Command.Type)
  case family(CommandFamily)

  var name: String {
    switch self {
    case .command(let command): command.name
    case .family(let family): family.name
    }
  }

  var abstract: String {
    switch self {
    case .command(let command): command.abstract
    case .family(let family): family.abstract
    }
  }
}
