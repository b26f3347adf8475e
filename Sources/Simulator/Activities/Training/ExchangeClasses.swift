// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The flow classes that an exchange has made so far, by step, transfer and path.
///
/// Most transfers only ever take one path, and a phase may have a million of them: the first path of
/// each stands in a column, and only others are looked up.
struct ExchangeClasses {
  private struct First: BitwiseCopyable {
    var choice: Int32
    var flowClass: FlowClassID
  }

  /// By step and transfer, as far as the last that has one.
  private var firsts: [[First]] = []
  private var others: [UInt64: FlowClassID] = [:]

  func find(step: Int, transfer: Int, choice: Int32) -> FlowClassID? {
    guard step < firsts.count, transfer < firsts[step].count else { return nil }
    let first = firsts[step][transfer]
    if first.flowClass.isNone { return nil }
    if first.choice == choice { return first.flowClass }
    return others[Self.key(step: step, transfer: transfer, choice: choice)]
  }

  /// Takes in the flow class of a path that has none.
  mutating func add(_ flowClass: FlowClassID, step: Int, transfer: Int, choice: Int32) {
    while firsts.count <= step { firsts.append([]) }
    while firsts[step].count <= transfer {
      firsts[step].append(First(choice: 0, flowClass: .none))
    }
    if firsts[step][transfer].flowClass.isNone {
      firsts[step][transfer] = First(choice: choice, flowClass: flowClass)
    } else {
      others[Self.key(step: step, transfer: transfer, choice: choice)] = flowClass
    }
  }

  static func key(step: Int, transfer: Int, choice: Int32) -> UInt64 {
    UInt64(step) << 48 | UInt64(transfer) << 16 | UInt64(choice)
  }
}
