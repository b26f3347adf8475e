// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing
import Traffic

@testable import Compute

@Suite struct NationalPoolsTests {
  private let network = NationalNetwork()
  private let national = NationalPools.make()

  private var intelligent: [NationalPool] { national.pools(of: .intelligent) }

  @Test func theSumsAreThosePublished() throws {
    #expect(intelligent.count == 499)
    #expect(Set(intelligent.map(\.owner)).count == 131)
    let largest = try #require(Accelerator.builtIn().map(\.bf16).max())
    #expect(abs(national.capacity(of: .intelligent) - 111.3e18) <= largest)
    let scaled = NationalPools.make(intelligent: 788e18)
    #expect(scaled.pools(of: .intelligent).count == 499)
    #expect(abs(scaled.capacity(of: .intelligent) - 788e18) <= largest)
    #expect(scaled.pools(of: .storage) == national.pools(of: .storage))
  }

  /// Of 280 EFLOPS in single precision 90 are of accelerators, which stand in half precision here.
  @Test func theOtherKindsAddUpToo() {
    let single = national.capacity(of: .generalPurpose) + national.capacity(of: .supercomputing)
    #expect(abs(single + 90e18 - 280e18) < 1e14)
    #expect(abs(national.capacity(of: .storage) - 1680e18) < 1e15)
    #expect(national.pools(of: .supercomputing).count == 10)
  }

  @Test func everyPoolIsAtASiteAndHasAName() throws {
    let sites = network.sites + network.dataCentres
    let byName = Dictionary(uniqueKeysWithValues: sites.map { ($0.name, $0) })
    for pool in national.pools {
      let site = try #require(byName[pool.site], "\(pool.name)")
      let start = "cpn:\(site.hub ?? "-")/\(site.cluster ?? "-")/\(site.name)/"
      #expect(pool.identifier.description == start + pool.name)
      #expect(pool.count > 0 && 1...3 ~= pool.level && [2026, 2028].contains(pool.joins))
      #expect(pool.idle_W < pool.full_W && pool.idle_W > 0)
    }
    #expect(Set(national.pools.map(\.name)).count == national.pools.count)
    #expect(Set(national.pools.map(\.identifier)).count == national.pools.count)
  }

  @Test func placesHaveTheirPart() {
    let inClusters = intelligent.filter { $0.identifier.cluster != nil }
    let share = inClusters.reduce(0) { $0 + $1.capacity } / 111.3e18
    #expect(abs(share - 0.625) < 0.005, "\(share)")
    let sum = network.clusters.reduce(0) { $0 + $1.intelligentCapacity_EFLOPS }
    for cluster in network.clusters {
      let there = intelligent.filter { $0.identifier.cluster == cluster.id }
        .reduce(0) { $0 + $1.capacity }
      let expected = 0.625 * 111.3e18 * cluster.intelligentCapacity_EFLOPS / sum
      #expect(abs(there - expected) < 0.05 * expected + 0.05e18, "\(cluster.id): \(there)")
    }
  }

  @Test func typesHaveTheirPart() {
    for type in PoolTables().fleet {
      let capacity = intelligent.filter { $0.hardware == type.accelerator.name }
        .reduce(0) { $0 + $1.capacity }
      #expect(abs(capacity / 111.3e18 - type.share) < 0.002, "\(type.accelerator.name)")
    }
    let odd = intelligent.filter { $0.count % 8 != 0 }
    #expect(odd.count <= 1, "All but one are whole nodes.")
  }

  @Test func theColdNorthEastAndYunnanHaveCentresThatJoinFirst() {
    for site in ["Shenyang", "Changchun", "Harbin", "Kunming"] {
      let there = intelligent.filter { $0.site == site }
      #expect(there.contains { $0.joins == 2026 && $0.cooling == .largeCentre }, "\(site)")
      #expect(there.contains { $0.isEdge }, "\(site)")
    }
  }

  @Test func theLargeCentresJoinFirstAndAllJoin() throws {
    let first = intelligent.filter { $0.joins == 2026 }
    // A node more or less is between them.
    let smallest = try #require(first.map(\.capacity).min())
    let largest = try #require(intelligent.filter { $0.joins == 2028 }.map(\.capacity).max())
    #expect(smallest > 195e15 && largest < 205e15)
    let scaled = NationalPools.make(network, intelligent: 788e18).pools(of: .intelligent)
    #expect(scaled.map(\.joins) == intelligent.map(\.joins))
    #expect(scaled.map(\.identifier) == intelligent.map(\.identifier))
    #expect(scaled.map(\.hardware) == intelligent.map(\.hardware))
    #expect(national.joined(by: 2025).isEmpty)
    #expect(national.joined(by: 2028).count == national.pools.count)
    let share = first.reduce(0) { $0 + $1.capacity } / 111.3e18
    #expect(0.3..<0.9 ~= share && first.count < 499 / 2, "\(first.count): \(share)")
  }

  @Test func everyLevelHasManyOwners() {
    for level in 1...3 {
      let owners = Set(intelligent.filter { $0.level == level }.map(\.owner))
      #expect(owners.count >= 26, "\(level)")
    }
  }

  @Test func wholeNumbersKeepTheirSum() {
    #expect(Quotas.whole(10, by: [0.5, 0.25, 0.25]) == [5, 3, 2])
    #expect(Quotas.whole(2, by: [1.0 / 3, 1.0 / 3, 1.0 / 3]) == [1, 1, 0])
  }
}
