// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The nearest site by delay that has room.
///
/// In rounds, every source offers what it has left to the next site on its list; a source that has
/// come to the end of it is refused the rest. That is deferred acceptance with sites that do not
/// care whom they serve: nobody is sent further than to the first site on its list that was not
/// full before.
struct NearestSite: TokenPlacement {
  func answer(to question: TokenQuestion) -> TokenAnswer {
    var placed = PlacedShares(question)
    let lists = question.delays.map { sites(by: $0) }
    for round in question.sites.indices {
      placed.offer(
        lists.indices.map { source in
          guard round < lists[source].count, placed.rest[source] > 0 else { return [] }
          return [(site: lists[source][round], part: placed.rest[source])]
        })
    }
    return placed.answer(services: question.services.count)
  }

  /// The sites that can be reached by their delay, of equal ones the first.
  private func sites(by delays: [SimDuration?]) -> [Int] {
    let reached = delays.indices.compactMap { site in delays[site].map { (site, $0) } }
    return reached.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
  }
}
