// SPDX-License-Identifier: GPL-3.0-or-later

/// Fills a command from words, left to right.
struct Parser<Target> {
  private let named: [Parameter<Target>]
  private let positional: [Parameter<Target>]
  private var target: Target
  /// How often each parameter was given so far.
  private var counts: [String: Int] = [:]
  /// The option and value that the word at hand stands behind, and the first word that did.
  private var optionBefore: (option: String, value: String)?
  private var stray: StrayWord?

  init(_ parameters: [Parameter<Target>], filling target: Target) {
    let names = Set(parameters.map(\.declaration.name))
    precondition(names.count == parameters.count, "Each parameter has a name of its own.")
    named = parameters.filter { !$0.declaration.isPositional }
    positional = parameters.filter(\.declaration.isPositional)
    self.target = target
  }

  mutating func parse(_ words: [String]) throws(UsageError) -> Target {
    var words = words[...]
    var optionsHaveEnded = false
    while let word = words.popFirst() {
      if optionsHaveEnded || !word.looksLikeOption {
        try takeArgument(word)
        optionBefore = nil
      } else if word == "--" {
        optionsHaveEnded = true
      } else {
        try takeOption(word, valuesFrom: &words)
      }
    }
    if let missing = positional.first(where: { count($0) < $0.declaration.minimum }) {
      throw .missingArgument(missing.declaration.spelling)
    }
    return target
  }

  private mutating func takeArgument(_ word: String) throws(UsageError) {
    if let optionBefore {
      let word = StrayWord(option: optionBefore.option, value: optionBefore.value, word: word)
      if word.isSurelyOfValue { throw UsageError(word) }
      stray = stray ?? word
    }
    let next = positional.first { count($0) == 0 || $0.declaration.isRepeating }
    guard let next else {
      if let stray { throw UsageError(stray) }
      throw .excessArgument(word, expected: positional.count)
    }
    try store(word, in: next)
  }

  private mutating func takeOption(
    _ word: String, valuesFrom words: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let key = String(parts[0])
    var value = parts.count > 1 ? String(parts[1]) : nil

    guard let parameter = named.first(where: { "--" + $0.declaration.name == key }) else {
      let known = named.map { "--" + $0.declaration.name } + ["--help"]
      throw .unknownOption(key, known: known)
    }
    let declaration = parameter.declaration
    if count(parameter) > 0, !declaration.isRepeating { throw .repeatedOption(key) }
    if declaration.kind == .flag {
      if let value { throw .flagWithValue(key, value) }
      value = ""
    } else if value == nil, words.first?.looksLikeOption == false {
      value = words.popFirst()
    }
    guard let value else { throw .missingValue(declaration.spelling) }
    optionBefore = declaration.kind == .flag ? nil : (key, value)
    let rest = words.first.map { StrayWord(option: key, value: value, word: $0) }
    do throws(UsageError) {
      try store(value, in: parameter)
    } catch {
      // A number is no quantity where its unit has become the next word.
      if let rest, rest.isSurelyOfValue { throw UsageError(rest) }
      throw error
    }
  }

  private mutating func store(
    _ word: String, in parameter: Parameter<Target>
  ) throws(UsageError) {
    let declaration = parameter.declaration
    guard parameter.store(&target, word, count(parameter) == 0) else {
      throw .invalidValue(
        word, parameter: declaration.isPositional ? declaration.spelling : "--" + declaration.name,
        expected: declaration.expectation, choices: declaration.choices)
    }
    counts[declaration.name, default: 0] += 1
  }

  private func count(_ parameter: Parameter<Target>) -> Int {
    counts[parameter.declaration.name, default: 0]
  }
}

extension UsageError {
  fileprivate init(_ stray: StrayWord) {
    self = .strayWord(
      option: stray.option, value: stray.value, word: stray.word, mended: stray.mended)
  }
}

extension String {
  /// A lone dash means standard input, and a dash before a digit begins a number.
  fileprivate var looksLikeOption: Bool {
    guard hasPrefix("-"), let second = dropFirst().first else { return false }
    return !(second.isNumber || second == ".")
  }
}
