// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

// Links and fibres that were nearly full, and the channels that would keep them from it.

extension RunContent {
  /// The fullest of capacity.csv; nil where the run did not write it, or all has room.
  func capacity() throws -> Part? {
    guard let table = try folder.table("capacity") else { return nil }
    let names = try ["kind", "name"].map { try table.column($0) }
    let numbers = try [
      "channels_start", "channels_peak", "channels_end", "hours_above_90", "channels_below_70",
    ].map { try table.column($0) }
    var rows: [(hours: Double, lacking: Double, cells: [JSON])] = []
    while try table.advance() {
      let values = try numbers.map { try table.number($0) }
      let hours = values[3].isNaN ? 0 : values[3]
      let lacking = values[4].isNaN ? 0 : values[4] - values[2]
      guard hours > 0 || lacking > 0 else { continue }
      let cells: [JSON] = names.map { .string(table.text($0)) } + values.map { .number($0) }
      rows.append((hours, lacking, cells))
    }
    guard !rows.isEmpty else { return nil }
    rows.sort { ($0.hours, $0.lacking) > ($1.hours, $1.lacking) }
    let heads: [Part.TableColumn] = [
      .init(words["kind"]), .init(words["name"]), .init(words["channels.start"]),
      .init(words["channels.peak"]), .init(words["channels.end"]), .init(words["hours.above"]),
      .init(words["channels.needed"]),
    ]
    let note = rows.count > Self.mostFull ? words.filled("capacity.more", "\(rows.count)") : nil
    return .table(
      "capacity", words["capacity"], heads, rows.prefix(Self.mostFull).map(\.cells), note: note)
  }

  private static let mostFull = 20
}
