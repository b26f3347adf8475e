// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

/// Where the levels of priority ports stand in the columns of loss.
///
/// A link has the place of its position. One with a priority port has beside it a place for each
/// level, behind those of all links: the different priorities of classes, the highest first. Its
/// own then only tells whether it is down.
struct PortLevels {
  /// The number of links.
  let links: Int
  /// The number of levels.
  let count: Int
  /// The links with a priority port.
  let ranked: [Int]
  /// The place of the highest level, by link; -1 where packets go as they come.
  ///
  /// Empty where they do so everywhere, which is then all that is asked.
  private let first: [Int]
  /// By traffic class.
  private let level: [Int]

  init(_ topology: Topology, _ classes: [TrafficClass]) {
    let priorities = Set(classes.map(\.priority)).sorted(by: >)
    let ranked =
      priorities.count > 1
      ? topology.links.indices.filter { topology.links[$0].port.queueing == .priority } : []
    links = topology.links.count
    count = max(1, priorities.count)
    level = classes.map { priorities.firstIndex(of: $0.priority) ?? 0 }
    self.ranked = ranked
    var first = ranked.isEmpty ? [] : Array(repeating: -1, count: links)
    for (index, link) in ranked.enumerated() { first[link] = links + index * count }
    self.first = first
  }

  /// The number of all places.
  var places: Int { links + ranked.count * count }

  func isRanked(_ link: Int) -> Bool { !first.isEmpty && first[link] >= 0 }

  /// The place where packets of a traffic class wait for a link.
  @inline(__always)
  func place(of link: LinkID, for trafficClass: Int) -> Int {
    let index = Int(link.index)
    guard !first.isEmpty, first[index] >= 0 else { return index }
    return first[index] + level[trafficClass]
  }

  /// The places where packets wait for a link, the highest level first.
  func places(of link: Int) -> Range<Int> {
    guard !first.isEmpty, first[link] >= 0 else { return link..<(link + 1) }
    return first[link]..<(first[link] + count)
  }
}
