// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Jobs in an order of keys, of which the first is known.
struct JobLine: Sendable {
  private struct Member: ForestValue {
    var place: JobPlace
    static var empty: Member { Member(place: .none) }
    mutating func gather(_ key: ForestKey, before: Member, behind: Member) {}
  }

  private var forest = OrderedForest<Member>()
  private var root = OrderedForest<Member>.Root()
  /// The job of the lowest key.
  private(set) var first: (key: ForestKey, place: JobPlace)?

  mutating func add(_ place: JobPlace, at key: ForestKey) {
    forest.insert(key, Member(place: place), into: &root)
    if let first, first.key < key { return }
    first = (key, place)
  }

  mutating func remove(_ key: ForestKey) {
    forest.remove(key, from: &root)
    if first?.key == key { first = forest.first(of: root).map { ($0.key, $0.value.place) } }
  }

  mutating func removeAll() { self = JobLine() }

  mutating func popFirst() -> JobPlace? {
    guard let first else { return nil }
    remove(first.key)
    return first.place
  }
}
