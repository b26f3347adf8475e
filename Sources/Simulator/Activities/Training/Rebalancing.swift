// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling
internal import Traffic

// What becomes of transfers when a link of their fabric fails or is repaired.
//
// The fabric answers within the nanosecond: all transfers under way are given paths anew by its
// policy, and go on with what they have left. Hashes and sprays then differ only where the link
// counts; a controller places everything again. A transfer whose card is cut off waits.

extension Training {
  /// Gives the transfers on the fabrics of some links new paths.
  func rebalance(around changed: [LinkID]) throws(RunError) {
    guard !book.exchanges.isEmpty else { return }
    for (number, entry) in model.training.fabrics.enumerated()
    where changed.contains(where: { entry.fabric.uplinks.contains(Int($0.index)) }) {
      let active = book.exchanges.indices.filter { index in
        let job = book.exchanges[index].job
        return model.training.jobs[job].fabric == number && book.exchanges[index].step >= 0
          && !book.exchanges[index].transfers.isEmpty
      }
      // All are taken off first, so that none is placed around those that move as well.
      let left = active.map { takeOff($0) }
      for (index, bits) in zip(active, left) { try sendAnew(index, bits) }
    }
  }

  /// Stops all transfers of an exchange, and tells the bits that each part has left.
  private func takeOff(_ index: Int) -> [Double] {
    countLoads(of: index, by: -1)
    var left = Array(repeating: 0.0, count: book.exchanges[index].paths.choices.count)
    for transfer in book.exchanges[index].transfers.indices
    where book.exchanges[index].transfers[transfer].start != nil {
      let parts = book.exchanges[index].paths.parts(of: transfer)
      for part in parts where !book.exchanges[index].isSent[part] && left[part] == 0 {
        takeOff(index, transfer, from: part, in: parts, &left)
      }
    }
    return left
  }

  /// Stops the flows of one flow class; the parts that share it have one each.
  private func takeOff(
    _ index: Int, _ transfer: Int, from part: Int, in parts: Range<Int>, _ left: inout [Double]
  ) {
    let exchange = book.exchanges[index]
    let choice = exchange.paths.choices[part]
    guard let flowClass = exchange.flowClass(ofTransfer: transfer, by: choice) else { return }
    let flows = world.fluid.withdraw(flowClass: flowClass.index, at: now.nanoseconds)
    let sharers = (part..<parts.upperBound).filter {
      !exchange.isSent[$0] && exchange.paths.choices[$0] == choice
    }
    for (flow, sharer) in zip(flows, sharers) {
      left[sharer] = flow.bitsLeft
      count(-flow.bitsLeft, of: index, onLinksOf: flowClass)
    }
  }

  /// Finds new paths for what is left, and sends it there.
  private func sendAnew(_ index: Int, _ left: [Double]) throws(RunError) {
    let entry = fabric(ofJob: book.exchanges[index].job)
    let policy = entry.balancing.policy
    let (before, sent) = (book.exchanges[index].paths, book.exchanges[index].isSent)
    let flowlets = book.exchanges[index].transfers.map(\.flowlet)
    let bits = book.exchanges[index].transfers.enumerated().map { transfer, state in
      state.start == nil ? state.bits : before.parts(of: transfer).reduce(0) { $0 + left[$1] }
    }
    try findPaths(for: index, bits)
    countLoads(of: index, by: -1)
    for transfer in flowlets.indices {
      let old = before.parts(of: transfer)
      let new = book.exchanges[index].paths.parts(of: transfer)
      let isSending = book.exchanges[index].transfers[transfer].start != nil
      if policy.dividesAnew || entry.program != nil {
        let isOver = old.allSatisfy { sent[$0] }
        for part in new {
          try settle(index, transfer, part, bits[transfer] / Double(new.count), isOver, isSending)
        }
      } else {
        if flowlets[transfer] > 0 {
          let pair = book.exchanges[index].transfers[transfer].pair
          book.exchanges[index].paths.choices[new.lowerBound] =
            policy.paths(
              of: batch([pair], on: entry.fabric, of: index, flowlet: Int(flowlets[transfer]))
            ).choices[0]
        }
        for (part, place) in zip(new, old) {
          try settle(index, transfer, part, left[place], sent[place], isSending)
        }
      }
    }
    countLoads(of: index, by: 1)
  }

  /// Sends a part that is under way, and counts out one that is sent.
  private func settle(
    _ index: Int, _ transfer: Int, _ part: Int, _ bits: Double, _ isSent: Bool, _ isSending: Bool
  ) throws(RunError) {
    if isSent {
      book.exchanges[index].isSent[part] = true
      book.exchanges[index].transfers[transfer].parts -= 1
    } else if isSending {
      try send(
        bits, of: index, transfer, part, on: fabric(ofJob: book.exchanges[index].job).fabric)
    }
  }
}
