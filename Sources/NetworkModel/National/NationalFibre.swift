// SPDX-License-Identifier: GPL-3.0-or-later

/// A fibre of the national network as its tables have it.
public struct NationalFibre: Hashable, Sendable {
  public let name: String
  /// The names of the sites at its ends.
  public let first: String
  public let second: String
  public let length: Kilometres
  public let greatCircle: Kilometres
  /// The trunk route that it is a part of, such as `H1 Beijing-Lanzhou`, or its local ring.
  public let trunk: String
  public let provenance: Provenance

  init(_ row: EmbeddedTable.Row, trunk column: String, _ sources: SourceList) {
    name = row.text("fibre")
    first = row.text("first")
    second = row.text("second")
    length = Kilometres(row.number("length_km"))
    greatCircle = Kilometres(row.number("great_circle_km"))
    trunk = row.text(column)
    provenance = sources.provenance(of: row)
  }
}

/// A ring of the national network: sites in a cycle, each joined to the next and the last to the
/// first.
public struct NationalRing: Hashable, Sendable {
  public let name: String
  public let sites: [String]
  public let provenance: Provenance

  init(_ row: EmbeddedTable.Row, _ sources: SourceList) {
    name = row.text("ring")
    sites = row.text("sites").split(separator: " ").map(String.init)
    provenance = sources.provenance(of: row)
  }
}

/// A figure that was published of the real network, for comparison with the model.
public struct PublishedFigure: Hashable, Sendable {
  /// The short name, such as `inter-hub-optical-latency-mean`.
  public let name: String
  public let value: Double
  public let unit: String
  public let date: String?
  public let meaning: String
  public let provenance: Provenance

  init(_ row: EmbeddedTable.Row, _ sources: SourceList) {
    name = row.text("figure")
    value = row.number("value")
    unit = row.text("unit")
    date = row.optionalText("date")
    meaning = row.text("meaning")
    provenance = sources.provenance(of: row)
  }
}
