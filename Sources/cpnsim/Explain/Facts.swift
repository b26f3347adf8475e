// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Text

/// What there is to say of one thing, a line each; the first is its name.
struct Facts {
  var all: [(heading: Listing.Heading, cell: Cell)]

  /// As members of a JSON object.
  var members: [(name: String, value: JSON)] { all.map { ($0.heading.name, $0.cell.json) } }

  /// As a table of two columns, perhaps without those that say nothing.
  func listing(leavingOutEmpty leavesOut: Bool = false) -> Listing {
    var listing = Listing(all.prefix(1).flatMap { [$0.heading, .init($0.cell.shown)] })
    for fact in all.dropFirst() {
      if leavesOut, fact.cell == .absent || fact.cell == .text("") { continue }
      listing.append([.text(fact.heading.shown), fact.cell])
    }
    return listing
  }
}
