// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Simulator

/// The flow classes of an exchange, beside a dictionary of them.
@Suite struct ExchangeClassesTests {
  @Test func whatWasAddedIsFoundAndNothingElse() {
    var random = RandomStream(seed: 1, name: "classes")
    var classes = ExchangeClasses()
    var plain: [UInt64: FlowClassID] = [:]
    for number in 0..<9000 {
      let step = Int.random(in: 0..<4, using: &random)
      let transfer = Int.random(in: 0..<40, using: &random)
      let choice = Int32.random(in: 0..<6, using: &random)
      let key = ExchangeClasses.key(step: step, transfer: transfer, choice: choice)
      #expect(classes.find(step: step, transfer: transfer, choice: choice) == plain[key])
      guard plain[key] == nil else { continue }
      plain[key] = FlowClassID(number)
      classes.add(FlowClassID(number), step: step, transfer: transfer, choice: choice)
      #expect(classes.find(step: step, transfer: transfer, choice: choice) == plain[key])
    }
    #expect(plain.count > 900)
  }
}
