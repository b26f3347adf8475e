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

/// The greatest of the floors that are asked for on each link.
struct LinkFloors {
  private var floors: [Double]
  private var marked: [Int32] = []

  init(links: Int) {
    floors = Array(repeating: 0, count: links)
  }

  /// 0 where nothing is asked for.
  subscript(link: Int32) -> Double { floors[Int(link)] }

  mutating func ask(_ floor: Double, on link: Int32) {
    if floors[Int(link)] == 0 { marked.append(link) }
    floors[Int(link)] = max(floor, floors[Int(link)])
  }

  mutating func removeAll() {
    for link in marked { floors[Int(link)] = 0 }
    marked.removeAll(keepingCapacity: true)
  }
}
