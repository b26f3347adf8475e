// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

/// GNPy and this program agree on the same physics to far below what a margin is worth.
@Suite struct TransmissionGoldenTests {
  @Test func theCentreChannelFaresAsInGNPy() throws {
    let rows = try OpticsGolden.rows(of: "gnpy-centre")
    #expect(rows.count == 18)
    // Half of these rows are 0.014 dB from those of amplifiers of exactly flat gain.
    let tolerance_dB = 0.02
    for row in rows {
      let grid = try FixedGrid(
        first_THz: row.number("spacing_ghz") == 50 ? 191.35 : 191.40,
        spacing_GHz: row.number("spacing_ghz"), count: Int(row.number("n_ch")))
      let transmission = Transmission(
        grid: .fixed(grid), launch: .fixed(dBm: row.number("launch_dbm")))
      let section = spans(
        Int(row.number("n_spans")), of: row.number("span_km"),
        row.line(loss: "loss_db_km", lumped: nil))
      let terms = try #require(
        transmission.terms(
          over: [section],
          mode: mode(row.number("baud_gbd"), slot_GHz: row.number("spacing_ghz")),
          channel: Int(row.number("cut_channel_1based")) - 1))
      #expect(abs(terms.centre_THz - 193.7) < 1e-9)
      #expect(abs(terms.signal_dBm - row.number("rx_signal_dbm")) < tolerance_dB, "\(row)")
      #expect(abs(terms.osnr01nm_dB - row.number("osnr_ase_01nm_db")) < tolerance_dB, "\(row)")
      #expect(abs(terms.gsnr01nm_dB - row.number("gsnr_01nm_db")) < tolerance_dB, "\(row)")
      expectTerms(terms, row, tolerance_dB, emission: "osnr_ase_bw_db")
    }
  }

  @Test func allKindsOfLinesFareAsInGNPy() throws {
    let rows = try OpticsGolden.rows(of: "gnpy-lines")
    #expect(rows.count == 42)
    let tolerance_dB = 0.001
    for row in rows {
      let terms = try row.text("lit") == "all" ? full(row) : partly(row)
      #expect(abs(terms.signal_dBm - row.number("signal_dbm")) < tolerance_dB, "\(row)")
      expectTerms(terms, row, tolerance_dB, emission: "osnr_bw_db")
    }
  }

  private func expectTerms(
    _ terms: QualityTerms, _ row: OpticsGolden, _ tolerance_dB: Double, emission: String
  ) {
    #expect(abs(terms.osnr_dB - row.number(emission)) < tolerance_dB, "\(row)")
    #expect(abs(terms.nonlinearSNR_dB - row.number("snr_nli_bw_db")) < tolerance_dB, "\(row)")
    #expect(abs(terms.gsnr_dB - row.number("gsnr_bw_db")) < tolerance_dB, "\(row)")
  }

  private func full(_ row: OpticsGolden) throws -> QualityTerms {
    let grid = try grid(of: row)
    let transmission = Transmission(
      grid: .fixed(grid), launch: .fixed(dBm: row.number("launch_dbm")))
    return try #require(
      transmission.terms(
        over: sections(of: row),
        mode: mode(row.number("baud_gbd"), slot_GHz: row.number("spacing_ghz")),
        channel: Int(row.number("channel"))))
  }

  private func partly(_ row: OpticsGolden) throws -> QualityTerms {
    let grid = try grid(of: row)
    let channel = Int(row.number("channel"))
    let launch_dBm = row.number("launch_dbm")
    var own = Double.nan
    var others: [LitChannel] = []
    for entry in row.text("lit").split(separator: " ") {
      let parts = entry.split(separator: ":").compactMap { Double($0) }
      if parts[0] == Double(channel) {
        own = parts[1]
      } else {
        others.append(
          LitChannel(
            centre_THz: grid.centre_THz(of: Int(parts[0])), symbolRate_GBd: parts[1],
            launch_dBm: launch_dBm))
      }
    }
    let route = try sections(of: row).map { section in
      LitSection(section, launch_dBm: launch_dBm, others: others)
    }
    return QualityTerms(
      over: route, centre_THz: grid.centre_THz(of: channel), symbolRate_GBd: own)
  }

  private func grid(of row: OpticsGolden) throws -> FixedGrid {
    try FixedGrid(
      first_THz: row.number("first_thz"), spacing_GHz: row.number("spacing_ghz"),
      count: Int(row.number("channels")))
  }

  private func sections(of row: OpticsGolden) throws -> [RouteSection] {
    let line = row.line(loss: "loss_db_km", lumped: "lumped_loss_db")
    return row.text("sections").split(separator: " ").map { section in
      let parts = section.split(separator: "x").compactMap { Double($0) }
      return spans(Int(parts[0]), of: parts[1], line)
    }
  }
}
