// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A flow in the heap of its class: the virtual time at which it is done, and its slot.
struct HeapFlow: BitwiseCopyable {
  var finish: Double
  var slot: UInt32
  /// Counts arrivals: of two flows that are done together, the earlier goes first.
  var sequence: UInt32

  @inline(__always)
  func precedes(_ other: HeapFlow) -> Bool {
    finish < other.finish || (finish == other.finish && sequence < other.sequence)
  }
}

/// The flows of one class by the virtual time of their finish; the first one stands inline.
///
/// Most classes of a large network have one flow at a time and then need no memory of their own.
/// The rest is a binary heap in a block that grows by half, so that a million flows in a few
/// hundred classes take little more than their own 16 bytes. Whoever holds the columns of these
/// must call `release`.
struct FlowHeap: BitwiseCopyable {
  private(set) var first = HeapFlow(finish: .infinity, slot: 0, sequence: 0)
  private var rest: UnsafeMutablePointer<HeapFlow>?
  private var room: Int32 = 0
  private(set) var count: Int32 = 0

  mutating func insert(_ flow: HeapFlow) {
    count += 1
    guard count > 1 else {
      first = flow
      return
    }
    if flow.precedes(first) {
      siftUp(first)
      first = flow
    } else {
      siftUp(flow)
    }
  }

  mutating func removeFirst() -> HeapFlow {
    let removed = first
    count -= 1
    if count == 0 {
      first.finish = .infinity
    } else if let rest {
      first = rest[0]
      siftDown(rest)
    }
    return removed
  }

  /// Takes the same off the finish of every flow, which leaves their order as it is.
  mutating func shift(by time: Double) {
    first.finish -= time
    guard let rest else { return }
    for index in 0..<max(0, Int(count) - 1) { rest[index].finish -= time }
  }

  mutating func release() {
    free(rest)
    rest = nil
  }

  /// Calls `body` with every flow, in no particular order.
  func forEach(_ body: (HeapFlow) -> Void) {
    guard count > 0 else { return }
    body(first)
    guard let rest else { return }
    for index in 0..<Int(count) - 1 { body(rest[index]) }
  }

  private mutating func siftUp(_ flow: HeapFlow) {
    let heap = grown()
    var index = Int(count) - 2
    while index > 0 {
      let parent = (index - 1) >> 1
      guard flow.precedes(heap[parent]) else { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = flow
  }

  /// Fills the hole at the top with the last flow; `count` has been lowered already.
  private func siftDown(_ heap: UnsafeMutablePointer<HeapFlow>) {
    let size = Int(count) - 1
    guard size > 0 else { return }
    let last = heap[size]
    var index = 0
    while true {
      var child = 2 * index + 1
      guard child < size else { break }
      if child + 1 < size, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(last) else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = last
  }

  /// The block, with room for all flows but the first.
  private mutating func grown() -> UnsafeMutablePointer<HeapFlow> {
    if let rest, count - 1 <= room { return rest }
    room = max(3, room + room / 2)
    let bytes = Int(room) * MemoryLayout<HeapFlow>.stride
    guard let memory = realloc(rest, bytes) else {
      preconditionFailure("out of memory: \(bytes) bytes for the flows of a class")
    }
    let block = memory.bindMemory(to: HeapFlow.self, capacity: Int(room))
    rest = block
    return block
  }
}
