// SPDX-License-Identifier: GPL-3.0-or-later

extension TransceiverMode {
  /// The modes that come with the program, from its table of transceivers.
  public static func builtIn() -> [TransceiverMode] {
    EmbeddedTable("transceivers", PackageResources.transceivers_csv).map { row in
      guard let mode = TransceiverMode(row) else {
        preconditionFailure("the table of transceivers has a row that is no mode: \(row)")
      }
      return mode
    }
  }

  public static func builtIn(named name: String) -> TransceiverMode? {
    builtIn().first { $0.name == name }
  }

  private init?(_ row: EmbeddedTable.Row) {
    do {
      try self.init(
        name: row.text("mode"), lineRate: BitsPerSecond(row.number("line_rate_gbps") * 1e9),
        symbolRate_GBd: row.number("baud_gbd"), slot_GHz: row.number("slot_ghz"),
        requiredOSNR_dB: row.number("required_osnr_01nm_db"), source: row.text("source"),
        confidence: row.choice("confidence"))
    } catch {
      return nil
    }
  }
}
