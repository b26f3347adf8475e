// SPDX-License-Identifier: GPL-3.0-or-later
import Results
import Testing
import Text

@Suite struct ListingTests {
  private let listing = {
    var listing = Listing(["job", .init("time", "time_s"), "share", "path"])
    listing.append([
      .text("a, \"b\""), .duration(nanoseconds: 1_500_000_000), .share(0.25), .names(["x", "y"]),
    ])
    listing.append([.absent, .seconds(.nan), .share(.nan), .text("")])
    return listing
  }()

  @Test func spreadsheetsGetFullValuesUnderNamesOfPrograms() {
    #expect(listing.csv == "job,time_s,share,path\n\"a, \"\"b\"\"\",1.5,0.25,x;y\n,,,\n")
  }

  @Test func programsGetNumbersListsAndNull() {
    let flat = listing.json.text(.flat).filter { $0 != " " }
    #expect(flat.contains(#""time_s":1.5,"share":0.25,"path":["x","y"]"#))
    #expect(flat.contains(#""job":null,"time_s":null,"share":null"#))
  }

  @Test(arguments: [
    (Cell.count(12_345), "12345"), (.number(12_345), "12,345"), (.amount(12_345), "12.3 k"),
    (.rate(4e11), "400 Gbps"), (.size(bytes: 2e6), "2 MB"), (.seconds(0.0097), "9.7 ms"),
    (.duration(nanoseconds: 1500), "1.5 µs"),
    (.instant(nanoseconds: 1_000_000_001), "1.000000001 s"),
    (.share(0.5), "50.0 %"), (.length(kilometres: 12.34), "12.3 km"),
    (.level(-1.5, "dB"), "-1.50 dB"),
    (.number(.nan), "-"), (.seconds(.nan), "-"), (.share(.nan), "-"), (.absent, "-"),
  ])
  func peopleGetShortQuantities(cell: Cell, text: String) {
    #expect(cell.shown == text)
  }
}
