// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// Classes at one server against Cobham's formula, one class alone, and each other.
@Suite struct PriorityColumnsTests {
  private func load(
    _ share: Double, size: Double = 1, places: Double = 1e5, variability: Double = 1
  ) -> QueueLoad {
    QueueLoad(
      offered_bit_s: share * 1e9, capacity_bit_s: 1e9, packet_bits: size * 1e9, places: places,
      serviceVariability: variability)
  }

  @Test func withRoomForAllTheyWaitAsCobhamSays() {
    var columns = PriorityColumns(links: 1, classes: 3)
    let classes = [load(0.2), load(0.3, size: 2, variability: 0), load(0.3, size: 0.5)]
    for (index, load) in classes.enumerated() { columns[0, index] = load }
    columns.evaluate(.twoMoments)
    // R = 0.2 * 1 + 0.3 * 2 / 2 + 0.3 * 0.5 = 0.65
    let waits = [0.65 / 0.8, 0.65 / (0.8 * 0.5), 0.65 / (0.5 * 0.2)]
    for (index, wait) in waits.enumerated() {
      let found = columns.answer(to: 0, index)
      #expect(abs(found.wait_s - wait) <= 1e-9 * wait)
      #expect(found.loss == 0)
      #expect(abs(found.delay_s - wait - classes[index].packet_bits / 1e9) <= 1e-9)
    }
  }

  /// With equal services the mean wait of all does not hang on the order (Kleinrock II, 3.4).
  @Test(arguments: 0..<20 as Range<UInt64>)
  func theWorkInTheQueueIsThatOfOneClass(seed: UInt64) {
    var random = TestRandom(state: seed)
    let shares = (0..<4).map { _ in Double.random(in: 0.01...0.24, using: &random) }
    var columns = PriorityColumns(links: 9, classes: 4)
    for (index, share) in shares.enumerated() { columns[8, index] = load(share) }
    columns.evaluate(.mm1k)
    let weighted = shares.indices.reduce(0) {
      $0 + shares[$1] * columns.answer(to: 8, $1).wait_s
    }
    let total = shares.reduce(0, +)
    #expect(abs(weighted - total * total / (1 - total)) <= 1e-9 * weighted)
  }

  @Test func oneClassIsAQueueOfItsOwn() {
    var columns = PriorityColumns(links: 1, classes: 1)
    let queue = load(1.1, places: 30)
    columns[0, 0] = queue
    columns.evaluate(.md1k)
    let alone = QueueLaw.md1k.answer(to: queue)
    #expect(abs(columns.answer(to: 0, 0).loss - alone.loss) < 1e-15)
    #expect(abs(columns.answer(to: 0, 0).wait_s - alone.wait_s) < 1e-9 * alone.wait_s)
  }

  @Test func lowerClassesSeeWhatHigherOnesLeave() {
    var columns = PriorityColumns(links: 2, classes: 3)
    for index in 0..<3 { columns[0, index] = load(0.6, places: 50) }
    for index in 0..<3 { columns[1, index] = load(index == 0 ? 2 : 0.5, places: 50) }
    columns.evaluate(.mm1k)
    let losses = (0..<3).map { columns.answer(to: 0, $0).loss }
    #expect(losses[0] < 1e-10 && abs(losses[1] - 1.0 / 3) < 0.01 && losses[2] > 0.99)
    // A class that takes all leaves next to nothing.
    #expect(columns.answer(to: 1, 0).loss > 0.5 && columns.answer(to: 1, 1).loss > 0.999)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func anyClassesHaveAnAnswer(seed: UInt64) {
    var random = TestRandom(state: seed)
    var columns = PriorityColumns(links: 50, classes: 3)
    for link in 0..<50 {
      for flowClass in 0..<3 {
        columns[link, flowClass] = QueueLoad(
          offered_bit_s: [0, 1, 1e9, 1e12].randomElement(using: &random) ?? 0,
          capacity_bit_s: [0, 1, 1e9, 1e12].randomElement(using: &random) ?? 0,
          packet_bits: [1, 12_000, 1e6].randomElement(using: &random) ?? 1,
          places: [1, 2, 30, 1e7].randomElement(using: &random) ?? 1,
          arrivalVariability: [0, 1, 20].randomElement(using: &random) ?? 1,
          serviceVariability: [0, 1, 5].randomElement(using: &random) ?? 1)
      }
    }
    for law in QueueLaw.allCases {
      columns.evaluate(law)
      for link in 0..<50 {
        for flowClass in 0..<3 {
          let found = columns.answer(to: link, flowClass)
          #expect(found.loss >= 0 && found.loss <= 1, "\(columns[link, flowClass]) \(found)")
          #expect(found.wait_s >= 0 && found.delay_s >= found.wait_s, "\(found)")
        }
      }
    }
  }

  @Test func aFluidLosesWhatDoesNotFit() {
    #expect(fluidLoss(offered_bit_s: 4, capacity_bit_s: 1) == 0.75)
    #expect(fluidLoss(offered_bit_s: 0, capacity_bit_s: 0) == 0)
    #expect(fluidLoss(offered_bit_s: 1, capacity_bit_s: 0) == 1)
  }
}
