// SPDX-License-Identifier: GPL-3.0-or-later

/// Which beginnings of prompts a replica remembers: those that it saw last.
///
/// A list through all of them from the last to the first that was seen, so that each look takes the
/// same time however many there are.
public struct PrefixCache: Sendable {
  private let room: Int
  private var newer: [Int32]
  private var older: [Int32]
  private var isKept: [Bool]
  private var newest: Int32 = -1
  private var oldest: Int32 = -1
  public private(set) var count = 0

  /// Remembers so many of so many beginnings.
  public init(prefixes: Int, room: Int) {
    self.room = max(1, room)
    newer = Array(repeating: -1, count: prefixes)
    older = newer
    isKept = Array(repeating: false, count: prefixes)
  }

  public func has(_ prefix: Int32) -> Bool { isKept[Int(prefix)] }

  /// Remembers a beginning, in place of the one that was not seen for longest.
  public mutating func see(_ prefix: Int32) {
    if has(prefix) { drop(prefix) } else if count == room { drop(oldest) }
    isKept[Int(prefix)] = true
    count += 1
    older[Int(prefix)] = newest
    newer[Int(prefix)] = -1
    if newest >= 0 { newer[Int(newest)] = prefix } else { oldest = prefix }
    newest = prefix
  }

  /// Forgets all.
  public mutating func removeAll() {
    while oldest >= 0 { drop(oldest) }
  }

  private mutating func drop(_ prefix: Int32) {
    let (before, behind) = (newer[Int(prefix)], older[Int(prefix)])
    if before >= 0 { older[Int(before)] = behind } else { newest = behind }
    if behind >= 0 { newer[Int(behind)] = before } else { oldest = before }
    isKept[Int(prefix)] = false
    count -= 1
  }
}
