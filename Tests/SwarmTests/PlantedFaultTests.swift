// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import SwarmKit

/// Faults that `make swarm-faults` plants still have a place in the sources.
@Suite struct PlantedFaultTests {
  @Test(arguments: PlantedFault.all.indices)
  func aFaultHasOnePlace(_ index: Int) {
    #expect(PlantedFault.all[index].problem(in: root) == nil)
  }

  @Test func numbersAndNamesAreTheirOwn() {
    #expect(PlantedFault.all.map(\.number) == Array(1...42))
    #expect(Set(PlantedFault.all.map(\.name)).count == PlantedFault.all.count)
  }

  @Test func aFaultIsASwitchInPlaceOfAnExpression() throws {
    let fault = PlantedFault(number: 3, name: "n", file: "f", right: "a + b", wrong: "a - b")
    #expect(fault.planted(in: "x = a + b\n") == "x = (plantedFault == 3 ? a - b : a + b)\n")
    #expect(fault.planted(in: "x = a + b + a + b") == nil)
    #expect(fault.planted(in: "x = b + a") == nil)
  }

  private var root: String {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }
}
