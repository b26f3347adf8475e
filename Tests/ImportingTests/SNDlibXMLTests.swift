// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@testable import Importing

@Suite struct SNDlibXMLTests {
  static let text = """
    <?xml version="1.0" encoding="ISO-8859-1"?>
    <network xmlns="http://sndlib.zib.de/network" version="1.0">
     <meta><unit>GBITPERSEC</unit></meta>
     <networkStructure>
      <nodes coordinatesType="geographical">
       <node id="Muenchen"><coordinates><x>11.57</x><y>48.15</y></coordinates></node>
       <node id="Ulm"><coordinates><x>9.99</x><y>48.40</y></coordinates></node>
      </nodes>
      <links>
       <link id="L1">
        <source>Muenchen</source>
        <target>Ulm</target>
        <preInstalledModule><capacity>40.0</capacity><cost>0</cost></preInstalledModule>
        <additionalModules><addModule><capacity>9</capacity><cost>1</cost></addModule></additionalModules>
       </link>
      </links>
     </networkStructure>
     <demands>
      <demand id="D">
       <source>Ulm</source><target>Muenchen</target>
       <routingUnit>2</routingUnit><demandValue>3.5</demandValue>
      </demand>
     </demands>
    </network>
    """

  @Test func everythingIsRead() throws {
    let network = try imported(Self.text)
    #expect(network.format == .sndlibXML && network.name == nil)
    #expect(network.siteNames == ["Muenchen", "Ulm"])
    #expect(network.sites[1].position == Position(latitude: 48.4, longitude: 9.99))
    // 120.2 km on the great circle, as found by the dot product of unit vectors.
    #expect(network.lengths_km == [180.3])
    #expect(network.fibres[0].capacity == BitsPerSecond(40e9))
    #expect(
      network.demands == [
        .init(source: 1, target: 0, value: 7), .init(source: 0, target: 1, value: 7),
      ])
    #expect(network.demandUnit == BitsPerSecond(1e9))
  }

  @Test func latin1IsConverted() throws {
    let bytes = Self.text.replacing("Muenchen", with: "M!nchen").utf8.map {
      $0 == UInt8(ascii: "!") ? 0xFC : $0
    }
    let network = try ImportedNetwork(bytes, named: "f")
    #expect(network.siteNames == ["München", "Ulm"])
  }

  /// The schema has pixels as its default, and small drawings look like places.
  @Test(arguments: ["", "coordinatesType=\"pixel\""])
  func drawingsAreNoPlaces(_ type: String) throws {
    let text = Self.text.replacing("coordinatesType=\"geographical\"", with: type)
    #expect(
      problem(of: text)?.contains("the file says that its coordinates are those of a drawing")
        == true)
    #expect(try imported(text, default: 12).lengths_km == [12])
  }

  @Test(arguments: [
    ("<x>11.57</x>", "", "f:6:24: found <coordinates> without <x>, expected one"),
    ("<x>11.57</x>", "<x>NaN</x>", "f:6:37: found \"NaN\", expected a finite number"),
    ("<node id=\"Ulm\">", "<node>", "f:7:4: found <node> without id=\"…\", expected one"),
    ("<node id=\"Ulm\">", "<node id=\"Muenchen\">", "f:7:4: a second node \"Muenchen\""),
    (
      "<target>Ulm</target>", "<target>Bonn</target>",
      "f:12:5: found \"Bonn\", which is no node of the file, expected one of its nodes"
    ),
    ("<demandValue>3.5", "<demandValue>-1", "f:19:3: the demand is negative"),
    (
      "<networkStructure>", "<structure>",
      "f:17:2: found </networkStructure>, expected </structure>"
    ),
  ])
  func oddFilesAreToldByPlace(_ find: String, _ replacement: String, _ expected: String) {
    #expect(problem(of: Self.text.replacing(find, with: replacement)) == expected)
  }
}
