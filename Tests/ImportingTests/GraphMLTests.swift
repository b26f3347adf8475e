// SPDX-License-Identifier: GPL-3.0-or-later
import Importing
import NetworkModel
import Testing

@Suite struct GraphMLTests {
  /// With what the Zoo's files have: a peer without a place, a label twice and one missing, two
  /// links between the same nodes, a link to the node itself.
  static let text = """
    <?xml version="1.0" encoding="utf-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
      <key attr.name="LinkSpeedRaw" attr.type="double" for="edge" id="d3" />
      <key attr.name="label" attr.type="string" for="node" id="d2" />
      <key attr.name="Longitude" attr.type="double" for="node" id="d1" />
      <key attr.name="Latitude" attr.type="double" for="node" id="d0" />
      <key attr.name="label" attr.type="string" for="graph" id="g0" />
      <graph edgedefault="undirected">
        <data key="g0">Zwei Fl&#252;sse</data>
        <node id="0"><data key="d0">50.0</data><data key="d1">8.0</data><data key="d2">Mainz</data></node>
        <node id="1"><data key="d0">50.0</data><data key="d1">8.5</data><data key="d2">A &amp; B, C</data></node>
        <node id="2"><data key="d0">50.5</data><data key="d1">8.0</data><data key="d2">Mainz</data></node>
        <node id="3"><data key="d2">Peer</data></node>
        <node id="4"><data key="d0">50.0</data><data key="d1">8.0</data><data key="d2">None</data></node>
        <edge source="0" target="1"><data key="d3">2500000000.0</data></edge>
        <edge source="1" target="0"/>
        <edge source="1" target="2"/>
        <edge source="2" target="2"/>
        <edge source="2" target="3"/>
        <edge source="0" target="4"/>
      </graph>
    </graphml>
    """

  @Test func namesAndLinksArePutInOrder() throws {
    let network = try imported(Self.text, default: 50)
    #expect(network.format == .graphml && network.name == "Zwei Flüsse")
    #expect(network.siteNames == ["Mainz", "A & B C", "Mainz-2", "Peer", "4"])
    #expect(
      network.fibreNames == [
        "Mainz-A & B C", "A & B C-Mainz", "A & B C-Mainz-2", "Mainz-2-Peer", "Mainz-4",
      ])
    #expect(network.fibres[0].capacity == BitsPerSecond(2.5e9))
    // 35.74 and 65.99 km on the great circle, as found by the dot product of unit vectors.
    #expect(network.lengths_km == [53.6, 53.6, 99.0, 50, 1])
    #expect(
      network.warnings == [
        "left out 1 link from a node to itself: Mainz",
        "1 node without a name: their identifiers serve",
        "names that a scenario can't have: \"A & B, C\" is \"A & B C\"",
        "names that several nodes have: Mainz-2",
        "1 fibre shorter than 1 km, taken as that long: Mainz-4",
      ])
  }

  @Test func nodesWithoutAPlaceAreListed() {
    #expect(
      problem(of: Self.text)
        == """
        f: no length for 1 of 5 links, because these nodes have no coordinates: Peer; give \
        --default-length, such as "100 km", or leave those nodes out with --placed-only
        """)
  }

  @Test func nodesWithoutAPlaceCanBeLeftOut() throws {
    let network = try imported(Self.text, placedOnly: true)
    #expect(network.siteNames == ["Mainz", "A & B C", "Mainz-2", "4"])
    #expect(network.fibres.count == 4)
  }

  @Test func partsOfANetworkAreKept() throws {
    let text = Self.text.replacing("<edge source=\"2\" target=\"3\"/>", with: "")
    let network = try imported(text)
    #expect(network.sites.count == 5)
    #expect(network.largestPart == [0, 1, 2, 4])
    #expect(
      network.warnings.last == "the network is in 2 parts; the largest has 4 of 5 nodes")
  }

  @Test func edgesWithADirectionAreJoinedWithTheirOpposites() throws {
    let text = Self.text.replacing("\"undirected\"", with: "\"directed\"")
    let network = try imported(text, default: 50)
    #expect(network.fibres.count == 4)
    #expect(network.fibreNames.first == "Mainz-A & B C")
  }

  @Test(arguments: [
    (
      "target=\"3\"", "target=\"9\"",
      "f:18:5: found \"9\", which is no node of the file, expected one of its nodes"
    ),
    ("target=\"3\"", "", "f:18:5: found <edge> without target=\"…\", expected one"),
    ("<node id=\"3\">", "<node id=\"2\">", "f:12:5: a second node \"2\""),
    (">50.5<", ">NaN<", "f:11:18: found \"NaN\", expected a finite number"),
    (">50.5<", ">50,5<", "f:11:18: found \"50,5\", expected a finite number"),
    ("</graphml>", "", "f:21:1: found the end of the file, expected </graphml> of line 1"),
    ("Mainz</data></node>", "Mainz</node>", "f:9:89: found </node>, expected </data>"),
    ("&amp;", "&", "f:10:86: found '&', expected &amp; or another reference"),
  ])
  func oddFilesAreToldByPlace(_ find: String, _ replacement: String, _ expected: String) {
    let text = Self.text.replacing(find, with: replacement, maxReplacements: 1)
    #expect(problem(of: text, default: 50) == expected)
  }
}
