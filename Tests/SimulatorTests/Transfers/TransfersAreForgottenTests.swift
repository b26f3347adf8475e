// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Transfers that are over are kept no longer than those before them are under way.
@Suite struct TransfersAreForgottenTests {
  @Test func thoseThatAreOverAreWrittenAndForgotten() throws {
    let run = try run(firstBits: 500, expectingKept: 0...2)
    #expect(run.summary("transfers") == 200 && run.summary("transfers_arrived") == 200)
  }

  @Test func thoseBehindOneThatIsNotOverWaitForIt() throws {
    // The first takes what the others leave of 200 s, and is over with the last of them.
    let run = try run(firstBits: 100_500, expectingKept: 190...200)
    #expect(run.summary("transfers_arrived") == 200)
  }

  /// One transfer a second of half a second each, the first of so many bits; looks at how many are
  /// kept when the last has asked.
  private func run(firstBits: Double, expectingKept kept: ClosedRange<Int>) throws -> CompletedRun {
    var sketch = TransferRunTests.square()
    let route = sketch.route(over: [0, 1])
    let transfers = (0..<200).map { number in
      var transfer = Transfer(
        name: "t\(number)", route: route, bytes: Bytes((number == 0 ? firstBits : 500) / 8),
        start: TransferRunTests.at(Double(number)))
      transfer.asked = transfer.start
      return transfer
    }
    var model = sketch.model
    model.transfers = TransferModel(sources: [.listed(transfers)])
    let run = try CompletedRun(
      model, instants: 1,
      looking: { run in
        guard run.now == TransferRunTests.at(199) else { return }
        #expect(kept.contains(run.transfers.book.states.numbers.count))
      })
    let rows = try run.rows(of: "transfers")
    #expect(rows.map { $0["transfer"] } == (0..<200).map { "t\($0)" })
    #expect(rows.allSatisfy { $0["state"] == "arrived" })
    return run
  }
}
