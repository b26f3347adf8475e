// SPDX-License-Identifier: GPL-3.0-or-later

/// A province, whose demand comes from the site of its capital.
public struct Province: Hashable, Sendable {
  public let name: String
  public let chineseName: String
  /// The site where its demand enters the network.
  public let capital: String
  /// People, by the census of 2020.
  public let population: Double
  /// People who used the Internet at the end of 2024.
  public let internetUsers: Double
  /// The gross domestic product of 2023.
  public let product_billionYuan: Double
  /// Its part of the national demand: half by users, half by product; a choice, not a fact.
  public let demandWeight: Double
  /// Of a kilowatt-hour from its grid in 2022; nil where none is published.
  public let gridCarbon_kg_kWh: Double?
  /// The cluster nearest to its capital by great circle.
  public let nearestCluster: String
  public let provenance: Provenance

  init(_ row: EmbeddedTable.Row, _ sources: SourceList) {
    name = row.text("province")
    chineseName = row.text("name_zh")
    capital = row.text("capital")
    population = row.number("population_2020")
    internetUsers = row.number("internet_users_2024")
    product_billionYuan = row.number("gdp_2023_billion_yuan")
    demandWeight = row.number("demand_weight")
    gridCarbon_kg_kWh = row.optionalNumber("grid_carbon_2022_kg_kWh")
    nearestCluster = row.text("nearest_cluster")
    provenance = sources.provenance(of: row)
  }
}
