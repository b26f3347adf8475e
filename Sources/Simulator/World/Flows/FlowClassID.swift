// SPDX-License-Identifier: GPL-3.0-or-later

/// The position of a flow class in its table, which is that of its flow class in the fluid system.
struct FlowClassID: Hashable, Comparable, BitwiseCopyable {
  /// As hot records keep it: four bytes.
  let number: Int32

  init(_ index: Int) { number = Int32(index) }

  /// As arrays and the fluid system want it.
  var index: Int { Int(number) }

  /// What stands where there is no flow class, in records that are too many for an optional.
  static let none = FlowClassID(-1)

  var isNone: Bool { number < 0 }

  static func < (left: FlowClassID, right: FlowClassID) -> Bool { left.number < right.number }
}
