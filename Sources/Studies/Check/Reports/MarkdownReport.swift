// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

extension CheckReport {
  /// What GitHub shows as the summary of a job, in bytes.
  public static let summaryLimit = 1 << 20
  /// What a comment on GitHub may have, in characters; here bytes, of which there are never fewer.
  public static let commentLimit = 65_536

  /// The report as Markdown of at most so many bytes, with a line that says what was left out.
  ///
  /// A short one has only what is not as it should be, or not known.
  public func markdown(limit: Int, isShort: Bool) -> String {
    let sign = isRed ? "❌" : "✅"
    var text = "## \(sign) \(Markdown.escaped(verdict))\n"
    let lines = messages.map { "- \(Markdown.escaped($0))\n" }
    if let sight { text += "\n\(Markdown.escaped(sight))\n" }
    text += lines.isEmpty ? "" : "\n"
    let closing = 200
    let listed = Markdown.append(lines, to: &text, limit: limit - closing)
    let messagesLeft = lines.count - listed
    var rowsLeft = 0
    if !isShort, messagesLeft == 0 {
      var table = Markdown.head(mostSeeds)
      let rows = texts.map(Markdown.row)
      let shown = Markdown.append(
        rows, to: &table, limit: limit - closing - text.utf8.count - 1)
      rowsLeft = rows.count - shown
      if shown > 0 { text += "\n" + table }
    }
    if messagesLeft > 0 {
      text += "\n_Cut here: \(counted(messagesLeft, "line")) more, and the table._\n"
    } else if rowsLeft > 0 {
      text += "\n_Cut here: \(counted(rowsLeft, "row")) more._\n"
    }
    return text
  }
}

private enum Markdown {
  static func head(_ seeds: Int) -> String {
    "| case | metric | verdict | baseline | now | difference | interval | tolerance | seeds "
      + "| seen with \(seeds) |\n|---|---|---|---|---|---|---|---|---|---|\n"
  }

  static func row(_ text: FindingText) -> String {
    let cells = [
      text.caseName, text.name, text.verdict, text.baseline, text.now, text.difference,
      text.interval, text.tolerance, text.seeds, text.sees,
    ]
    return "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
  }

  /// Adds whole lines as long as there is room; gives how many.
  static func append(_ lines: [String], to text: inout String, limit: Int) -> Int {
    var bytes = text.utf8.count
    for (count, line) in lines.enumerated() {
      bytes += line.utf8.count
      guard bytes <= limit else { return count }
      text += line
    }
    return lines.count
  }

  /// Names stand as they are: nothing in them is markup.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if character.isNewline {
        escaped += " "
        continue
      }
      if #"\`*_{}[]<>#|~&"#.contains(character) { escaped += "\\" }
      escaped.append(character)
    }
    return escaped
  }
}
