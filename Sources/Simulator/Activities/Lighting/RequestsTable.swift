// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Light
internal import NetworkModel
public import Results
internal import Traffic

/// `requests.csv`: one row a request, in the order in which they end.
public enum RequestsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.requests]

  public static let schema = TableSchema(
    file: "requests.csv",
    about: "One request for a lightpath a row, in order of its end; those still held come last.",
    columns: [
      Column("request", .string, about: "The request's name."),
      Column("source", .string, about: "The node at one end."),
      Column("target", .string, about: "The node at the other."),
      Column("rate_bps", .number, unit: "bit/s", about: "What it asks for."),
      Column(
        "protection", .string, about: "`none`, `1+1`, `ring` or `restoration`."),
      Column("start_s", .number, unit: "s", about: "The instant at which it is made."),
      Column("outcome", .string, about: "`groomed`, `lit`, `blocked`, or `refused` by a program."),
      Column(
        "reason", .string,
        about: """
          Why it is blocked: `no-route`, `no-reach` (no mode closes), `no-regenerator` (none is \
          free where light has to be made anew), `no-channel` (some fibre is full), \
          `no-continuity` (no channel is free all the way), `no-disjoint-path`.
          """),
      Column(
        "ready_s", .number, unit: "s", about: "The instant from which it is served; may be empty."),
      Column(
        "end_s", .number, unit: "s",
        about: "The instant at which it lets go; empty for one still held at the end."),
      Column(
        "availability", .number,
        about: "The part of the time held in which its lightpaths carried; empty if blocked."),
      Column(
        "lightpaths", .string, about: "The working lightpaths that it rides on, joined by `;`."),
    ])

  /// A request as a row shows it.
  struct Row {
    var name: String
    var source: String
    var target: String
    var request: Request
    var outcome: String
    var reason = ""
    var ready: SimTime?
    var end: SimTime?
    var availability = Double.nan
    var lightpaths = ""
  }
}

extension TableWriter<RequestsTable> {
  func append(_ row: RequestsTable.Row) throws(RunError) {
    rows.append(row.name)
    rows.append(row.source)
    rows.append(row.target)
    rows.append(row.request.rate)
    rows.append(row.request.protection.rawValue)
    rows.append(nanosecondsAsSeconds: row.request.start.nanoseconds)
    rows.append(row.outcome)
    rows.append(row.reason)
    append(row.ready)
    append(row.end)
    rows.append(row.availability)
    rows.append(row.lightpaths)
    try endRow()
  }
}

extension Lighting {
  /// The name of each source of requests: that of a generator, or its place in the file.
  var requestSourceNames: [String] {
    model.light.requests.enumerated().map { index, source in
      source.prefix.isEmpty ? "requests-\(index + 1)" : source.prefix
    }
  }

  /// How the requests of each source fared.
  var shownRequests: Listing {
    var listing = Listing([
      "requests", "made", "lit", "groomed", "blocked", "blocking", "95 % +-", "mostly for",
    ])
    for (name, row) in zip(requestSourceNames, requests.bySource) {
      listing.append([
        .text(name), .number(row.offered), .number(row.lit), .number(row.accepted - row.lit),
        .number(row.blocked), .share(row.blockingMean),
        row.blockingHalfWidth.map { .share($0) } ?? .absent,
        row.commonReason.map { .text($0.rawValue) } ?? .absent,
      ])
    }
    return listing
  }
}

extension Outputs.Kind {
  public static let requests = Outputs.Kind("requests")
}
