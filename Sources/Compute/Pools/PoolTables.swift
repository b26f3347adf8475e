// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

/// The figures that the national pools are made of.
struct PoolTables {
  /// A type of accelerator and its part of all operations.
  struct Fleet {
    var accelerator: Accelerator
    var share: Double
    var provenance: Provenance
  }

  /// A kind that has no accelerators, and what it is counted in.
  struct Capacity {
    var kind: NationalPool.Kind
    /// Operations a second, or bytes.
    var total: Double
    var hardware: String
    var each: Double
    var full_W: Double
    var idle_W: Double
    var provenance: Provenance
  }

  struct Supercomputer {
    var centre: String
    var site: String
    var provenance: Provenance
  }

  let fleet: [Fleet]
  let capacities: [Capacity]
  let supercomputers: [Supercomputer]

  init() {
    let types = Accelerator.builtIn()
    let sources = SourceList(
      EmbeddedTable("compute_sources", PackageResources.compute_sources_csv))
    fleet = EmbeddedTable("fleet", PackageResources.fleet_csv).map { row in
      guard let type = types.first(where: { $0.name == row.text("accelerator") }) else {
        preconditionFailure("The fleet has accelerators that are built in.")
      }
      return Fleet(
        accelerator: type, share: row.number("share"), provenance: sources.provenance(of: row))
    }
    let rows = EmbeddedTable("capacities", PackageResources.capacities_csv)
      .map { row in row.optionalText("hardware").map { Capacity(row, hardware: $0, sources) } }
    capacities = rows.compactMap { $0 }
    supercomputers = EmbeddedTable("supercomputers", PackageResources.supercomputers_csv)
      .map { row in
        Supercomputer(
          centre: row.text("centre"), site: row.text("site"),
          provenance: sources.provenance(of: row))
      }
  }
}

extension PoolTables.Capacity {
  /// Totals are in units of 10^18.
  fileprivate init(_ row: EmbeddedTable.Row, hardware: String, _ sources: SourceList) {
    kind = row.choice("kind")
    total = row.number("total") * 1e18
    self.hardware = hardware
    each = row.number("each") * 1e18
    full_W = row.number("full_W")
    idle_W = row.number("idle_W")
    provenance = sources.provenance(of: row)
  }
}
