// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct SpectrumTableTests {
  @Test(arguments: [1, 63, 64, 65, 96, 128, 200]) func slotsAreTakenAndGivenBack(slots: Int) {
    var spectrum = SpectrumTable(rows: 3, slots: slots)
    var taken = [[Bool]](repeating: Array(repeating: false, count: slots), count: 3)
    var most = [0, 0, 0]
    var stream = RandomStream(seed: 1, name: "blocks")
    for _ in 0..<300 {
      let count = Int.random(in: 1...min(slots, 70), using: &stream)
      let first = Int.random(in: 0...slots - count, using: &stream)
      let rows = (0..<3).filter { _ in Bool.random(using: &stream) }
      let cells = rows.flatMap { row in taken[row][first..<first + count] }
      let isFree = spectrum.isFree(rows: rows.map(Int32.init), first: first, count: count)
      #expect(isFree == !cells.contains(true))
      if isFree {
        spectrum.occupy(rows: rows.map(Int32.init), first: first, count: count)
      } else if !cells.contains(false) {
        spectrum.release(rows: rows.map(Int32.init), first: first, count: count)
      } else {
        continue
      }
      for row in rows {
        for slot in first..<first + count { taken[row][slot].toggle() }
        most[row] = max(most[row], taken[row].count { $0 })
      }
      spectrum.checkInvariants()
    }
    for row in 0..<3 {
      #expect(spectrum.used(inRow: row) == taken[row].count { $0 })
      #expect(spectrum.mostUsed(inRow: row) == most[row])
    }
    for slot in 0..<slots {
      #expect(spectrum.uses(ofSlot: slot) == taken.count { $0[slot] })
    }
  }

  @Test func aSlotIsNotTakenTwice() async {
    await #expect(processExitsWith: .failure) {
      var spectrum = SpectrumTable(rows: 2, slots: 8)
      spectrum.occupy(rows: [0, 1] as [Int32], first: 2, count: 3)
      spectrum.occupy(rows: [1] as [Int32], first: 4, count: 1)
    }
  }

  @Test func strandsFollowTheDirectionOfThePath() {
    var plant = FibrePlant()
    for (first, second) in [(0, 1), (2, 1)] {
      plant.add(
        Fibre(
          name: "\(first)", first: NodeID(index: first), second: NodeID(index: second),
          length: Kilometres(1)))
    }
    let path = PathFinder(plant)
      .shortest(from: NodeID(index: 0), to: NodeID(index: 2), count: 1, by: .km)[0]
    #expect(StrandLayout.twoWay.rows(of: path, in: plant) == [0, 1])
    #expect(StrandLayout.oneWay.rows(of: path, in: plant) == [0, 3])
    #expect(StrandLayout.oneWay.rows(of: FibreID(index: 1)) == [2, 3])
    #expect(StrandLayout.oneWay.rowCount(of: plant) == 4)
  }
}
