// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results

/// What `show columns` prints.
enum ColumnListing {
  static func columns(of tables: [TableSchema]) -> Listing {
    var listing = Listing([
      .init("table"), .init("column"), .init("type"), .init("unit"), .init("meaning"),
    ])
    for table in tables {
      for column in table.columns {
        listing.append([
          .text(table.file), .text(column.name), .text(column.kind.rawValue),
          column.unit.map { .text($0) } ?? .absent, .text(column.about),
        ])
      }
    }
    return listing
  }
}
