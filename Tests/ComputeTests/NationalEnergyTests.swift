// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@testable import Compute

@Suite struct NationalEnergyTests {
  private let network = NationalNetwork()
  private let energy: NationalEnergy

  init() {
    energy = NationalEnergy(network)
  }

  @Test func everySiteHasItsFigures() throws {
    #expect(energy.places.map(\.name) == network.sites.map(\.name))
    #expect(energy.zones.count == 26 && energy.climates.count == 41)
    for site in network.sites + network.dataCentres {
      let tariff = try #require(energy.tariff(at: site.name), "\(site.name)")
      #expect(0.05..<0.9 ~= tariff.carbon_kg_kWh.mean && tariff.demand_yuan_kW_month > 20)
      let climate = try #require(energy.climate(at: site.name), "\(site.name)")
      #expect(-5..<28 ~= climate.means_C.reduce(0, +) / 12)
      let pue = try #require(energy.cooling(at: site.name)).meanOfYear
      #expect(1.1..<1.6 ~= pue)
    }
    #expect(energy.tariff(at: "Atlantis") == nil && energy.cooling(at: "Atlantis") == nil)
  }

  /// A place whose figures are not its own says whose they are, and no row is for nobody.
  @Test func whatIsBorrowedSaysSo() {
    for place in energy.places {
      let isOwn = place.climate == place.name && place.name != "YRDDEMO"
      #expect(isOwn || place.note != nil, "\(place.name)")
      let province = network.sites.first { $0.name == place.name }?.province
      #expect(place.grid == province || place.note?.contains("carbon") == true, "\(place.name)")
    }
    #expect(Set(energy.places.map(\.zone)) == Set(energy.zones.map(\.name)))
    #expect(Set(energy.places.map(\.climate)) == Set(energy.climates.map(\.place)))
    let names = energy.zones.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func pricesAreInOrderAndFlatIsAboveValley() {
    for zone in energy.zones {
      for month in zone.tariff.months {
        let price = month.price_yuan_kWh
        #expect(price.valley < price.flat && price.flat < price.peak && price.peak <= price.sharp)
        #expect(!month.windows.peak.isEmpty && !month.windows.valley.isEmpty, "\(zone.name)")
      }
    }
  }

  @Test func theWestIsCheapAtNoonAndTheEastAtNight() throws {
    for (site, minute) in [("ZW", 12 * 60), ("QY", 13 * 60), ("HLGE", 12 * 60), ("SG", 120)] {
      let tariff = try #require(energy.tariff(at: site))
      #expect(tariff[month: 6].windows.period(atMinute: minute) == .valley, "\(site)")
      #expect(tariff[month: 6].windows.period(atMinute: 18 * 60) == .peak, "\(site)")
    }
    let beijing = try #require(energy.tariff(at: "Beijing"))
    #expect(beijing[month: 7].windows.period(atMinute: 12 * 60) == .sharp)
    #expect(beijing[month: 9].windows.period(atMinute: 12 * 60) == .peak)
  }

  @Test func largeCentresKeepThePolicysLimit() throws {
    var tightest = 1.0
    for cluster in network.clusters {
      let pue = try #require(energy.cooling(at: cluster.id)).meanOfYear
      let room = cluster.powerUsageEffectivenessLimit - pue
      #expect(room >= 0, "\(cluster.id): \(pue)")
      tightest = min(tightest, room)
    }
    #expect(tightest < 0.005, "The curve is set by the cluster that comes nearest to its limit.")
  }

  @Test func citiesHaveTheMeanOfTheCountry() throws {
    var sum = 0.0
    var weights = 0.0
    for province in network.provinces {
      let pue = try #require(energy.cooling(at: province.capital)).meanOfYear
      sum += province.demandWeight * pue
      weights += province.demandWeight
    }
    #expect(abs(sum / weights - 1.42) < 0.002, "\(sum / weights)")
  }

  @Test func coldPlacesGain() throws {
    func pue(_ site: String) throws -> Double {
      try #require(energy.cooling(at: site, .largeCentre)).meanOfYear
    }
    let fromCold = try ["Harbin", "HLGE", "Kunming", "SG", "Haikou"].map(pue)
    #expect(fromCold == fromCold.sorted() && fromCold[4] - fromCold[0] > 0.1)
  }

  @Test func greenPowerHasTheShareOfItsCluster() throws {
    for cluster in network.clusters {
      let green = energy.green(at: cluster.id)
      #expect(abs(green.mean - cluster.greenPowerShare) < 1e-12, "\(cluster.id)")
      #expect(green.values.allSatisfy { 0...1 ~= $0 })
      let mix = green[12] - green[0]
      #expect(mix > 0 || cluster.id == "TF", "\(cluster.id): the sun shows")
    }
    #expect(energy.green(at: "GA-Huawei") == energy.green(at: "GA"))
    #expect(energy.green(at: "Beijing").mean == 0)
    let full = GreenMix(sun: 1, wind: 0, water: 0).hours(share: 0.45, longitude_deg: 120)
    #expect(abs(full.mean - 0.45) < 1e-12 && full[12] == 1 && full[0] == 0)
  }
}
