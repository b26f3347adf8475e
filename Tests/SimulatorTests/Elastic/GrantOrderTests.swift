// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Simulator

/// The order that is kept, against one that is sorted anew each time.
@Suite struct GrantOrderTests {
  /// A flow that sends, as the test keeps it.
  private struct Sender {
    var group: Int
    var rank: Double
    var arrival: Int
    var number: Int
  }

  @Test(arguments: 0..<20) func itIsTheOrderOfASortedList(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), name: "order")
    var order = GrantOrder()
    var senders: [Sender] = []
    for number in 0..<400 {
      if !senders.isEmpty, Int.random(in: 0..<5, using: &random) < 2 {
        let place = Int.random(in: 0..<senders.count, using: &random)
        order.remove(place: place, last: senders.count - 1)
        senders.swapAt(place, senders.count - 1)
        senders.removeLast()
      } else {
        let sender = Sender(
          group: Int.random(in: 0...1, using: &random), rank: 0, arrival: number / 3,
          number: number % 7)
        order.add(
          GrantTurn(
            group: Int32(sender.group), entry: 0,
            arrival: SimTime(nanoseconds: Int64(sender.arrival)), number: sender.number,
            place: senders.count))
        senders.append(sender)
      }
      // Now and then all of them stand elsewhere; else few ranks change, and many are equal.
      let isUpset = Int.random(in: 0..<20, using: &random) == 0
      for index in senders.indices where isUpset || Int.random(in: 0..<9, using: &random) == 0 {
        senders[index].rank = Double(Int.random(in: 0..<12, using: &random))
      }
      order.rank { senders[$0.place].rank }
      #expect(order.turns.map(\.place) == sorted(senders))
    }
  }

  private func sorted(_ senders: [Sender]) -> [Int] {
    senders.indices.sorted { left, right in
      let (one, other) = (senders[left], senders[right])
      return (one.group, one.rank, one.arrival, one.number, left)
        < (other.group, other.rank, other.arrival, other.number, right)
    }
  }
}
