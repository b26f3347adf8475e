// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
public import Traces

/// `cpnsim show trace`: sums a trace up.
struct ShowTrace: Command {
  static let name = "trace"
  static let abstract = "Sum a trace up, and fit distributions to it."
  static let discussion = """
    It tells how many records at what rate, the quantiles of their gaps and of what they ask for, \
    and distributions fitted to those. It reads flows and jobs as CSV, jobs in the Standard \
    Workload Format, and requests to language models as CSV or JSON lines.
    """
  static let examples = [
    Example("cpnsim show trace Scenarios/traces/requests.jsonl", "Sum up requests."),
    Example(
      "cpnsim show trace Scenarios/ring.csv --kind flows --format csv", "Sum up flows, as CSV."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("trace", \.file, "The trace file.").taking("file", .trace),
      .option("kind", \.kind, "What it holds, if not told by its content."),
      .options("map", \.map, "The column that holds a role.").taking("role=column"),
      .option("time-unit", \.timeUnit, "What numbers of its times count."),
      .flag("lenient", \.isLenient, "Count bad lines and skip them."),
      .flag("sort", \.sorts, "Put its rows in order of time."),
      .format(\.format),
    ]
  }

  var file = ""
  var kind: TraceKind?
  var map: [String] = []
  var timeUnit: TimeUnit?
  var isLenient = false
  var sorts = false
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    let mapping = TraceMapping(columns: try columns(), timeUnit: timeUnit)
    let kind = try self.kind ?? TraceKind(of: file, mapping: mapping)
    guard mapping == TraceMapping() || kind != .swf && kind != .batsim else {
      throw UsageError.other(
        "--map and --time-unit go with other traces: the fields of swf and batsim mean what they do"
      )
    }
    let summary = try TraceSummary(
      of: file, kind: kind, mapping: mapping, tolerance: isLenient ? .lenient : .strict,
      sorts: sorts)
    let listing = TraceListing(file: file, summary: summary)
    StandardError.write(warnings: listing.warnings)
    try StandardOutput.write(listing.text(as: format))
    return .done
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
