// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// What is read of an elastic flow that sends at each event: plain numbers in a row of their own.
///
/// Copying the whole flow would count references, hundreds of them at each event.
struct ElasticSender: BitwiseCopyable {
  /// Its place among the flows of the book.
  let flow: ElasticID
  let deadline: SimTime?
  let floor: Double
  let ceiling: Double
  let isPromised: Bool
  /// The flow class that it is on now.
  var flowClass: FlowClassID
  /// Its line and what it was granted last, where a policy orders flows; -1 before.
  var line: Int32 = -1
  var grant = -1.0
  var leastRate = Double.infinity
  var mostRate = 0.0
  var isBelowFloor = false
  var wasBelowFloor = false
}

/// Some of the links, to be asked for quickly.
struct LinkMarks {
  private var isMarked: [Bool]
  private var marked: [Int32] = []

  init(links: Int) {
    isMarked = Array(repeating: false, count: links)
  }

  func contains(_ link: Int32) -> Bool { isMarked[Int(link)] }

  mutating func insert(_ link: Int32) {
    guard !isMarked[Int(link)] else { return }
    isMarked[Int(link)] = true
    marked.append(link)
  }

  mutating func removeAll() {
    for link in marked { isMarked[Int(link)] = false }
    marked.removeAll(keepingCapacity: true)
  }
}
