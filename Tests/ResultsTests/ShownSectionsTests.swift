// SPDX-License-Identifier: GPL-3.0-or-later
import Results
import Testing

@Suite struct ShownSectionsTests {
  private func listing(_ name: String, rows: Int = 1) -> Listing {
    var listing = Listing([.init(name)])
    for row in 0..<rows { listing.append([.count(row)]) }
    return listing
  }

  /// The first heading of a table, or the text.
  private func names(_ sections: ShownSections) -> [[String]] {
    sections.all.map { section in
      section.parts.map { part in
        switch part {
        case .table(let listing): listing.headings[0].shown
        case .text(let text): text
        }
      }
    }
  }

  @Test func sectionsStandByRankAndThenAsTheyWereAdded() {
    var sections = ShownSections()
    sections.add(listing("links"), rank: 90)
    sections.add(listing("jobs"), rank: 20)
    sections.add("a note\n", rank: 20)
    sections.add(listing("bottlenecks"), rank: 90)
    sections.add(listing("traces"), rank: 10)
    #expect(names(sections) == [["traces"], ["jobs"], ["a note\n"], ["links"], ["bottlenecks"]])
  }

  @Test func whatIsEmptyIsLeftOut() {
    var sections = ShownSections()
    sections.add(listing("requests", rows: 0), listing("jobs"), listing("answers"), rank: 1)
    sections.add(listing("nothing", rows: 0), rank: 1)
    sections.add("", rank: 1)
    #expect(names(sections) == [["jobs", "answers"]])
  }
}
