// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel
public import Results

/// `paths.csv`: the candidate paths that lightpaths were tried on.
public enum PathsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.paths]

  public static let schema = TableSchema(
    file: "paths.csv",
    about: "The candidate paths of every pair of nodes that asked for a lightpath, in order.",
    columns: [
      Column("source", .string, about: "The node at one end."),
      Column("target", .string, about: "The node at the other."),
      Column("rank", .integer, about: "The place in the order in which they are tried, from 1."),
      Column("path", .string, about: "Its nodes in order, joined by `;`."),
      Column("fibres", .string, about: "Its fibres in order, joined by `;`."),
      Column("km", .number, unit: "km", about: "The length of its fibres."),
      Column("hops", .integer, about: "The number of its fibres."),
      Column(
        "line_rate_bps", .number, unit: "bit/s",
        about: "What a channel carries on it; empty where nothing closes or the request tells it."),
    ])
}

extension TableWriter<PathsTable> {
  func append(
    _ path: FibrePath, rank: Int, lineRate: Double, sites: [String], fibres: [String]
  ) throws(RunError) {
    rows.append(sites.first ?? "")
    rows.append(sites.last ?? "")
    rows.append(rank)
    rows.append(sites.joined(separator: ";"))
    rows.append(fibres.joined(separator: ";"))
    rows.append(path.length.value)
    rows.append(path.hops)
    rows.append(lineRate > 0 ? lineRate : .nan)
    try endRow()
  }
}

extension Outputs.Kind {
  public static let paths = Outputs.Kind("paths")
}
