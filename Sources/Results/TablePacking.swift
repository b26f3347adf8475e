// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compression

/// How the tables of a results folder are packed, but for the summary, which stays as it is.
public enum TablePacking: String, CaseIterable, Sendable {
  /// Zstandard, which pandas, polars, DuckDB and the `zstd` of a shell read.
  case zst

  var format: PackedFormat { .zstd }

  /// The name of a table's file.
  static func file(of schema: TableSchema, packedAs packing: TablePacking?) -> String {
    guard let packing, schema.file != SummaryTable.schema.file else { return schema.file }
    return "\(schema.file).\(packing.rawValue)"
  }
}
