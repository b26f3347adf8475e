// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Simulator

/// A run has millions of these: a byte more in each is felt.
struct HotRecordTests {
  @Test func recordsOfFlowsStaySmall() {
    #expect(MemoryLayout<FlowClassID>.stride == 4)
    #expect(MemoryLayout<Owner>.size == 5)
    #expect(MemoryLayout<FlowRecord>.stride == 40)
    #expect(MemoryLayout<WaitingFlow>.stride == 48)
    #expect(MemoryLayout<FlowClass>.stride == 72)
  }

  @Test func noneIsTheOnlyFlowClassThatIsNone() {
    #expect(FlowClassID.none.isNone)
    #expect(!FlowClassID(0).isNone)
  }
}
