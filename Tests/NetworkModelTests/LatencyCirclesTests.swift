// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct LatencyCirclesTests {
  /// a - b - c - d in a row of 100, 200 and 300 km; a - c of 290 km; e alone.
  private var plant: FibrePlant {
    var plant = FibrePlant(siteCount: 5)
    for (first, second, length_km) in [(0, 1, 100.0), (1, 2, 200), (2, 3, 300), (0, 2, 290)] {
      plant.add(
        Fibre(
          name: "\(first)\(second)", first: NodeID(index: first), second: NodeID(index: second),
          length: Kilometres(length_km)))
    }
    return plant
  }

  private func reaches(_ circle: LatencyCircles.Circle) -> [Int32: Int64] {
    Dictionary(
      uniqueKeysWithValues: circle.reaches.map { ($0.site.index, $0.latency.nanoseconds) })
  }

  /// By hand: 5 us/km and 1 us a hop; a to c is 1452 us direct and 1502 us by way of b.
  @Test func latenciesAreLengthsAndHops() throws {
    let delay = OpticalDelay(
      perKilometre: SimDuration(nanoseconds: 5_000), perHop: SimDuration(nanoseconds: 1_000))
    let circles = LatencyCircles(around: [[NodeID(index: 0)]], in: plant, delay: delay)
    let circle = try #require(circles.circles.first)
    #expect(reaches(circle) == [1: 501_000, 2: 1_451_000, 3: 2_952_000])
    #expect(circle.reaches.map(\.site.index) == [1, 2, 3])
    #expect(circle.within(SimDuration(nanoseconds: 1_451_000)).count == 2)
    #expect(circle.within(SimDuration(nanoseconds: 500_999)).isEmpty)
  }

  @Test func aCentreOfSeveralSitesMeasuresFromTheNearest() throws {
    let delay = OpticalDelay(perKilometre: SimDuration(nanoseconds: 5_000), perHop: .zero)
    let both = [NodeID(index: 3), NodeID(index: 0)]
    let circles = LatencyCircles(around: [both, [NodeID(index: 4)]], in: plant, delay: delay)
    #expect(circles.circles.map(\.centre) == [both, [NodeID(index: 4)]])
    #expect(reaches(circles.circles[0]) == [1: 500_000, 2: 1_450_000])
    #expect(circles.circles[1].reaches.isEmpty)
  }

  @Test func theStandardDelayIsThatOfGlassAndEquipment() {
    #expect(OpticalDelay.standard.delay(over: Kilometres(1000)).nanoseconds == 5_020_000)
    #expect(OpticalDelay.standard.delay(over: Kilometres(0)).nanoseconds == 120_000)
    #expect(OpticalDelay.standard.delay(over: Kilometres(0.0001)).nanoseconds == 120_000)
    #expect(OpticalDelay.standard.delay(over: Kilometres(0.0002)).nanoseconds == 120_001)
  }
}
