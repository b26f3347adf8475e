// SPDX-License-Identifier: GPL-3.0-or-later

extension Tool {
  /// What a command line asks for.
  enum Request {
    case answer(String)
    case run(any Command)
  }

  func request(_ words: [String]) throws(UsageError) -> Request {
    let options = words.prefix { $0 != "--" }
    guard let first = words.first else { throw .missingCommand(known: entryNames) }
    if options.contains("--version") { return .answer("\(name) \(version)\n") }
    if first == "--help" { return .answer(Help.page(of: self)) }
    if first == "help" {
      return .answer(try page(about: words.dropFirst().filter { !$0.hasPrefix("-") }))
    }
    if first.hasPrefix("-") { throw .unknownOption(first, known: ["--help", "--version"]) }
    if options.contains("--help") {
      return .answer(try page(about: options.filter { !$0.hasPrefix("-") }))
    }
    let rest = Array(words.dropFirst())
    switch try entry(first) {
    case .command(let command): return .run(try command.parse(rest))
    case .family(let family):
      guard let second = rest.first else { throw .missingArgument("<\(family.placeholder)>") }
      let member = try family.member(second)
      return .run(try family.parse(member, Array(rest.dropFirst())))
    }
  }

  /// The help of what the first words name.
  private func page(about words: [String]) throws(UsageError) -> String {
    guard let first = words.first else { return Help.page(of: self) }
    switch try entry(first) {
    case .command(let command): return Help.page(of: command, in: name)
    case .family(let family):
      guard words.count > 1 else { return Help.page(of: family, in: name) }
      return Help.page(of: try family.member(words[1]), in: "\(name) \(family.name)")
    }
  }

  private func entry(_ name: String) throws(UsageError) -> ToolEntry {
    if let entry = entries.first(where: { $0.name == name }) { return entry }
    throw .unknownCommand(name, known: entryNames)
  }

  private var entryNames: [String] { entries.map(\.name) + ["help"] }

  /// The names at the start of a command line, as far as there is help on them.
  func topic(of words: [String]) -> [String] {
    let words = words.first == "help" ? Array(words.dropFirst()) : words
    guard let entry = entries.first(where: { $0.name == words.first }) else { return [name] }
    guard case .family(let family) = entry, words.count > 1, family.memberNames.contains(words[1])
    else { return [name, entry.name] }
    return [name, family.name, words[1]]
  }
}
