// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@testable import Importing

@Suite struct SNDlibNativeTests {
  static let head = "?SNDlib native format; type: network; version: 1.0\n"

  /// A quarter of the equator and a quarter of a meridian, of 10007.557 km on a sphere each.
  static let quarters =
    head + """
      # network quarters

      NODES (
        A ( 0.00 0.00 )
        B ( 90.00 0.00 ) () ()
        C ( 0.00 90.00 )   # the pole
      )
      LINKS (
        L1 ( A B ) 0.00 1 2.5 0 ( 155.00 156.00 622.00 468.00 )
        L2 ( A C ) 7 0 0 0 ( UNLIMITED 0 ) ()
      )
      DEMANDS (
        D1 ( A B ) 63 2 UNLIMITED ()
        D2 ( B C ) 1 0.5 2
      )
      ADMISSIBLE_PATHS (
        D1 (
          P1 ( L1 )
        )
      )
      """

  @Test func everySectionIsRead() throws {
    let network = try imported(Self.quarters)
    #expect(network.format == .sndlib && network.name == "quarters")
    #expect(network.siteNames == ["A", "B", "C"])
    #expect(network.sites[1].position == Position(latitude: 0, longitude: 90))
    #expect(network.fibreNames == ["A-B", "A-C"])
    // pi / 2 x 6371.0088 km x 1.5
    #expect(network.lengths_km == [15011.3, 15011.3])
    #expect(
      network.demands == [
        .init(source: 0, target: 1, value: 126), .init(source: 1, target: 0, value: 126),
        .init(source: 1, target: 2, value: 0.5), .init(source: 2, target: 1, value: 0.5),
      ])
    #expect(network.demandUnit == nil)
    // A quarter of the globe is further than light goes.
    #expect(network.warnings.count == 1)
  }

  @Test func metaStatesTheUnitOfDemandsAndCapacities() throws {
    let meta = """
      META (
        origin = somebody (and others), https://example.org/a#b
        unit = MBITPERSEC
      )
      NODES
      """
    let text = Self.quarters.replacing("NODES", with: meta)
    let network = try imported(text)
    #expect(network.demandUnit == BitsPerSecond(1e6))
    #expect(network.fibres.map(\.capacity) == [nil, BitsPerSecond(7e6)])
  }

  @Test func linksThatAllHaveAnOppositeAreFibresOnce() throws {
    let network = try imported(
      Self.head + """
        NODES ( A ( 1 1 ) B ( 2 2 ) )
        LINKS (
          L1 ( A B ) 0 0 0 0 ( )
          L2 ( B A ) 0 0 0 0 ( )
          L3 ( B A ) 0 0 0 0 ( )
          L4 ( A B ) 0 0 0 0 ( )
        )
        """)
    #expect(network.fibreNames == ["A-B", "B-A"])
    #expect(
      network.warnings == [
        "links have a direction; 2 are taken as the opposite direction of others"
      ])
  }

  @Test func parallelLinksKeepTheirOwnNames() throws {
    let network = try imported(
      Self.head + """
        NODES ( A ( 1 1 ) B ( 2 2 ) A-B ( 3 3 ) )
        LINKS (
          L1 ( A B ) 0 0 0 0 ( ) L2 ( A B ) 0 0 0 0 ( ) L3 ( A A-B ) 0 0 0 0 ( ) L4 ( A-B B ) 0 0 0 0 ( )
        )
        """)
    #expect(network.fibreNames == ["A-B", "A-B-2", "A-A-B", "A-B-B"])
  }

  @Test func pixelsAreNoPlaces() throws {
    let text = Self.quarters.replacing("90.00 )", with: "283.00 )")
    #expect(
      problem(of: text) == """
        f: no length for 2 of 2 links, because no node has geographic coordinates ("C" is at no \
        longitude and latitude; no coordinates are used); give --default-length, such as "100 km"
        """)
    let network = try imported(text, default: 40)
    #expect(network.lengths_km == [40, 40])
    #expect(network.sites.allSatisfy { $0.position == nil })
    #expect(problem(of: text, placedOnly: true)?.contains("--placed-only leaves none") == true)
  }

  @Test func nodesNeedNoPosition() throws {
    let text = Self.quarters.replacing("B ( 90.00 0.00 ) () ()", with: "B")
    #expect(
      problem(of: text) == """
        f: no length for 1 of 2 links, because these nodes have no coordinates: B; give \
        --default-length, such as "100 km", or leave those nodes out with --placed-only
        """)
    #expect(try imported(text, default: 40).lengths_km == [40, 15011.3])
    let placed = try imported(text, placedOnly: true)
    #expect(placed.siteNames == ["A", "C"] && placed.fibreNames == ["A-C"])
    #expect(placed.demands.isEmpty)
    #expect(placed.warnings.first == "left out 1 node without coordinates and 1 link: B")
  }

  static let headers: [(text: String, problem: String)] = [
    (
      "?SNDlib native format; type: model; version: 1.0\n",
      "f:1:1: found \"type: model\", expected \"type: network\""
    ),
    (
      "?SNDlib native format; type: network; version: 2.0\n",
      "f:1:1: found \"version: 2.0\", expected \"version: 1.0\""
    ),
  ]

  @Test(arguments: headers)
  func otherFilesOfTheLibraryAreToldApart(_ text: String, _ expected: String) {
    #expect(problem(of: text) == expected)
  }

  /// What follows the header, and the problem with it.
  static let oddities: [(text: String, problem: String)] = [
    ("", "f:2:1: found the end of the file, expected the section NODES"),
    ("NODES ( )\nLINKS ( )", "f: has no nodes"),
    ("NODES ( A )\nLINKS ( )", "f: has no links between different nodes"),
    (
      "NODES ( A B )\nLINKS ( L ( A X ) 0 0 0 0 ( ) )",
      "f:3:15: found \"X\", which is no node of the file, expected one of its nodes"
    ),
    ("NODES (\n  A\n  A\n)", "f:4:3: a second node \"A\""),
    (
      "NODES ( A ( nan 0 ) )",
      "f:2:13: found \"nan\", expected the longitude of A"
    ),
    ("NODES ( A ( 1 )", "f:2:15: found ')', expected the latitude of A"),
    ("NODES ( A", "f:2:10: found the end of the file, expected a node"),
    (
      "NODES ( A B )\nLINKS ( L ( A B ) 0 0",
      "f:3:22: found the end of the file, expected the cost of routing of L"
    ),
    ("NODES ( )\nNODES ( )", "f:3:1: a second section NODES"),
    (
      "EDGES ( )",
      "f:2:1: found \"EDGES\", expected one of META, NODES, LINKS, DEMANDS, ADMISSIBLE_PATHS"
    ),
    (
      "NODES ( A B )\nLINKS ( )\nDEMANDS ( D ( A B ) 1 -2 3 )",
      "f:4:11: the demand \"D\" is negative"
    ),
  ]

  @Test(arguments: oddities)
  func oddFilesAreToldByPlace(_ text: String, _ expected: String) {
    #expect(problem(of: Self.head + text) == expected)
  }

  @Test func parenthesesAreCountedAndNotNested() {
    let text = Self.head + "ADMISSIBLE_PATHS " + String(repeating: "(", count: 100_000)
    #expect(problem(of: text) == "f:2:100018: found the end of the file, expected ')'")
  }
}
