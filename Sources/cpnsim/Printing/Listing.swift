// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Text

/// Rows that a command prints, whatever the format.
///
/// People get short quantities under plain headings; programs get SI values in full, under the
/// names that the tables of a run would give them.
struct Listing {
  /// The name of a column, for people and for programs.
  struct Heading {
    var shown: String
    var name: String

    init(_ shown: String, _ name: String? = nil) {
      self.shown = shown
      self.name = name ?? shown
    }
  }

  let headings: [Heading]
  private(set) var rows: [[Cell]] = []

  init(_ headings: [Heading]) {
    self.headings = headings
  }

  mutating func append(_ cells: [Cell]) {
    precondition(cells.count == headings.count, "A row has as many cells as there are headings.")
    rows.append(cells)
  }

  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: table
    case .csv: csv
    case .json: json.prettyText
    }
  }

  var table: String {
    var table = TerminalTable(headings.map(\.shown))
    for row in rows { table.append(row.map(\.shown)) }
    return table.rendered()
  }

  var csv: String {
    let lines = [headings.map(\.name)] + rows.map { $0.map(\.plain) }
    return lines.map { $0.map(Listing.quoted).joined(separator: ",") + "\n" }.joined()
  }

  var json: JSON {
    .array(
      rows.map { row in
        .object(zip(headings, row).map { ($0.name, $1.json) })
      })
  }

  /// A field as RFC 4180 has it.
  static func quoted(_ field: String) -> String {
    // Bytes, since a line end of two would be one character.
    guard field.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return field }
    let parts = field.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}

/// A value to print.
enum Cell {
  case text(String)
  case count(Int)
  /// Bits per second.
  case rate(Double)
  case size(bytes: Double)
  case duration(SimDuration)
  /// An instant, which even people get in full: two of them may differ in the last digit.
  case instant(SimTime)
  case share(Double)
  /// Of fibre, in kilometres.
  case length(Kilometres)
  /// A value in a unit that takes no prefix, such as decibels.
  case level(Double, String)
  /// Names in order, such as the links of a path.
  case names([String])
  case absent
}

extension Cell {
  /// The value as people read it.
  var shown: String {
    switch self {
    case .text(let text): text
    case .count(let count): String(count)
    case .rate(let rate): formatted(bitsPerSecond: rate)
    case .size(let bytes): formatted(bytes: bytes)
    case .duration(let duration): formatted(seconds: duration.seconds)
    case .instant(let time): Cell.seconds(time.nanoseconds) + " s"
    case .share(let part): formatted(percentOf: part)
    case .length(let length): Cell.plain((length.value * 10).rounded() / 10) + " km"
    case .level(let value, let unit):
      Cell.decimal(value, places: unit == "THz" ? 4 : 2) + " " + unit
    case .names(let names): names.joined(separator: ";")
    case .absent: "-"
    }
  }

  /// The value as a field of a CSV file.
  var plain: String {
    switch self {
    case .text(let text): text
    case .count(let count): String(count)
    case .rate(let value), .size(let value), .share(let value), .level(let value, _):
      Cell.plain(value)
    case .length(let length): Cell.plain(length.value)
    case .duration(let duration): Cell.seconds(duration.nanoseconds)
    case .instant(let time): Cell.seconds(time.nanoseconds)
    case .names(let names): names.joined(separator: ";")
    case .absent: ""
    }
  }

  var json: JSON {
    switch self {
    case .text(let text): .string(text)
    case .count(let count): .integer(Int64(count))
    case .rate(let value), .size(let value), .share(let value), .level(let value, _):
      .number(value)
    case .length(let length): .number(length.value)
    case .duration(let duration): .raw(Cell.seconds(duration.nanoseconds))
    case .instant(let time): .raw(Cell.seconds(time.nanoseconds))
    case .names(let names): .array(names.map { .string($0) })
    case .absent: .null
    }
  }

  /// A number with so many decimals, for people.
  private static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    let scale = [1, 10, 100, 1000, 10_000][places]
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale + scale).dropFirst()
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale)"
      + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// The shortest decimal that reads back the same; nothing for what is not a number.
  static func plain(_ value: Double) -> String {
    if value.isNaN { return "" }
    return value == value.rounded() && abs(value) < 0x1p53 ? "\(Int64(value))" : "\(value)"
  }

  /// Whole nanoseconds as exact decimal seconds; they are not negative.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest > 0 else { return "\(whole)" }
    var digits = String(rest + 1_000_000_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}

/// Formats a part of a whole: "12.3 %".
func formatted(percentOf part: Double) -> String {
  guard part.isFinite else { return "-" }
  return "\((part * 1000).rounded() / 10) %"
}
