// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// The keys that a mapping has had so far, and where each of them first stood.
///
/// Nearly all mappings of a file have a handful, which takes less to look through than to hash.
struct SeenKeys {
  private var few: [(key: String, mark: Mark)] = []
  /// All of them, once there are too many to look through.
  private var many: [String: Mark] = [:]
  private static let mostLookedThrough = 16

  subscript(key: String) -> Mark? {
    if !many.isEmpty { return many[key] }
    for known in few where known.key == key { return known.mark }
    return nil
  }

  /// Adds a key that is not among them.
  mutating func insert(_ key: String, at mark: Mark) {
    guard many.isEmpty else {
      many[key] = mark
      return
    }
    few.append((key, mark))
    guard few.count > SeenKeys.mostLookedThrough else { return }
    many = Dictionary(uniqueKeysWithValues: few.lazy.map { ($0.key, $0.mark) })
    few = []
  }

  /// Forgets all of them, and keeps the room that a handful takes.
  mutating func removeAll() {
    few.removeAll(keepingCapacity: true)
    many = [:]
  }
}
