// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
public import Traffic

/// What a user says of a trace.
struct TraceArguments {
  var kind: TraceKind?
  var map: [String] = []
  var timeUnit: TimeUnit?
  var isLenient = false
  var sorts = false

  /// Reads a trace and prints what it comes to.
  func show(_ file: String?, as format: OutputFormat) throws {
    guard let file else { throw UsageError.other("'show trace' needs a trace file") }
    let mapping = TraceMapping(columns: try columns(), timeUnit: timeUnit)
    let kind = try self.kind ?? TraceKind(of: file, mapping: mapping)
    guard mapping == TraceMapping() || kind != .swf else {
      throw UsageError.other(
        "--map and --time-unit go with other traces: the fields of swf stand in their order")
    }
    let summary = try TraceSummary(
      of: file, kind: kind, mapping: mapping, tolerance: isLenient ? .lenient : .strict,
      sorts: sorts)
    let listing = TraceListing(file: file, summary: summary)
    StandardError.write(warnings: listing.warnings)
    try StandardOutput.write(listing.text(as: format))
  }

  private func columns() throws(UsageError) -> [TraceMapping.Role: String] {
    var columns: [TraceMapping.Role: String] = [:]
    for word in map {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let role = TraceMapping.Role(rawValue: String(parts[0])) else {
        throw .invalidValue(
          word, parameter: "--map <role=column>", expected: "role=column",
          choices: TraceMapping.Role.allCases.map { "\($0.rawValue)=..." })
      }
      guard columns.updateValue(String(parts[1]), forKey: role) == nil else {
        throw .other("--map gives two columns for \(role.rawValue)")
      }
    }
    return columns
  }
}

extension TraceKind: ArgumentValue {}

extension TimeUnit: ArgumentValue {}
