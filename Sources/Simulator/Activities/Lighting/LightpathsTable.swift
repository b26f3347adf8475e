// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Light
internal import NetworkModel
public import Results

/// `lightpaths.csv`: one row a lightpath, in the order in which they go dark.
public enum LightpathsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.lightpaths]

  public static let schema = TableSchema(
    file: "lightpaths.csv",
    about: "One lightpath a row, in the order in which they go dark; those still lit come last.",
    columns: [
      Column("lightpath", .string, about: "Its name: L1, L2 and so on, in order of lighting."),
      Column("link", .string, about: "The link it belongs to; empty for requests alone."),
      Column("source", .string, about: "The node at one end."),
      Column("target", .string, about: "The node at the other."),
      Column("role", .string, about: "`working`, `standby`, `ring` or `restored`."),
      Column("path", .string, about: "Its nodes in order, from either end, joined by `;`."),
      Column("km", .number, unit: "km", about: "The length of its fibres."),
      Column(
        "channel", .string,
        about: """
          Its channel counted from 1, or the lowest and highest slot, guard slots among them; of \
          each segment where it changes on the way, joined by `;`.
          """),
      Column("mode", .string, about: "The mode of its transceivers; empty where length rates it."),
      Column("line_rate_bps", .number, unit: "bit/s", about: "What it carries."),
      Column(
        "gsnr_db", .number, unit: "dB",
        about: """
          Its generalised signal to noise ratio in 0.1 nm, beside what else is lit as it goes dark, or at \
          the end; empty where length rates it.
          """),
      Column(
        "margin_db", .number, unit: "dB", about: "What is left above what its mode needs."),
      Column("lit_s", .number, unit: "s", about: "The instant from which its channel is taken."),
      Column(
        "dark_s", .number, unit: "s",
        about: "The instant at which it is freed; empty for one still lit at the end."),
    ])

  /// A lightpath as a row shows it.
  struct Row {
    var name: String
    var link: String
    var source: String
    var target: String
    var role: String
    var path: String
    var kilometres: Double
    var channel: String
    var mode: String
    var lineRate: Double
    var gsnr_dB: Double
    var margin_dB: Double
    var lit: SimTime
    var dark: SimTime?
  }
}

extension TableWriter<LightpathsTable> {
  func append(_ row: LightpathsTable.Row) throws(RunError) {
    for text in [row.name, row.link, row.source, row.target, row.role, row.path] {
      rows.append(text)
    }
    rows.append(row.kilometres)
    rows.append(row.channel)
    rows.append(row.mode)
    rows.append(row.lineRate)
    rows.append(row.gsnr_dB)
    rows.append(row.margin_dB)
    rows.append(nanosecondsAsSeconds: row.lit.nanoseconds)
    append(row.dark)
    try endRow()
  }
}

extension Lighting {
  /// The fibres with the most channels in use at once.
  var fullestFibres: Listing {
    let fibres = model.light.plant.fibres
    let most = fibres.indices.map { light.mostSlotsUsed(on: FibreID(index: $0)) }
    let fullest = fibres.indices.filter { most[$0] > 0 }
      .sorted { (most[$1], fibres[$0].name) < (most[$0], fibres[$1].name) }
    var listing = Listing(["fullest fibres", "slots at once", "of"])
    for fibre in fullest.prefix(ShownSections.mostRows) {
      listing.append([
        .text(fibres[fibre].name), .number(most[fibre]), .number(model.light.grid.count),
      ])
    }
    return listing
  }
}

extension Outputs.Kind {
  public static let lightpaths = Outputs.Kind("lightpaths")
}
