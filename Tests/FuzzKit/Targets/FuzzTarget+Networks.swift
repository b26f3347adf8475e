// SPDX-License-Identifier: GPL-3.0-or-later
internal import Importing
internal import NetworkModel
internal import Text
internal import YAMLReader

extension FuzzTarget {
  /// JSON that is read is written, and reads as itself; a fault is somewhere in the text.
  static let json = FuzzTarget(
    "json", longest: 4096,
    words: [
      "null", "true", "false", "-0", "1e400", "1.5E-3", "\"\"", "{\"a\":", "[]", "{}", "\\u0000",
      "\\ud83d\\ude00", "\\ud800", "\u{2028}", "\u{FEFF}",
    ]
  ) { bytes in
    guard let text = try? UTF8Text(bytes) else { return nil }
    do throws(TextFault) {
      let written = try JSONValue(reading: text).written.text(.flat)
      let again = try? JSONValue(reading: UTF8Text(Array(written.utf8))).written.text(.flat)
      return again == written ? nil : "it is written as \(written), and that as \(again ?? "none")"
    } catch {
      return (0...text.bytes.count).contains(error.offset) ? nil : "a fault at \(error.offset)"
    }
  }

  static let graphml = network(
    "graphml", .graphml,
    words: xml + [
      "<graphml>", "</graphml>", "<graph edgedefault=\"undirected\">", "</graph>",
      "<key attr.name=\"Latitude\" attr.type=\"double\" for=\"node\" id=\"d1\"/>",
      "<key attr.name=\"Longitude\" attr.type=\"double\" for=\"node\" id=\"d2\"/>",
      "<key attr.name=\"label\" for=\"node\" id=\"d3\"/>", "<node id=\"0\">", "</node>",
      "<data key=\"d1\">", "</data>", "<edge source=\"0\" target=\"1\">", "</edge>", "LinkSpeedRaw",
    ])
  static let sndlibXML = network(
    "sndlib-xml", .sndlibXML,
    words: xml + [
      "<network version=\"1.0\">", "</network>", "<networkStructure>", "<nodes>", "<links>",
      "<node id=\"a\">", "<coordinates>", "<x>", "<y>", "<link id=\"l\">", "<source>", "<target>",
      "<preInstalledModule>", "<capacity>", "<demands>", "<demand id=\"d\">", "<demandValue>",
      "<routingUnit>", "</", "coordinatesType=\"pixel\"", "geographical",
    ])
  static let sndlibNative = network(
    "sndlib", .sndlib,
    words: [
      "?SNDlib native format; type: network; version: 1.0\n", "# network ", "META (\n", "NODES (\n",
      "LINKS (\n", "DEMANDS (\n", "ADMISSIBLE_PATHS (\n", "\n)\n", "unit = GBITPERSEC\n",
      " ( a b ) ",
      " ( 8.5 47.4 )\n", "1 0 0 0 ( 1 1 )\n", "UNLIMITED", "1e308",
    ])
  static let topohub = network(
    "topohub", .topohub,
    words: [
      "{\"nodes\": [", "\"edges\": [", "\"links\": [", "{\"id\": 0, \"pos\": [8.5, 47.4]}",
      "{\"source\": 0, \"target\": 1, \"dist\": 100}",
      "\"graph\": {\"demands\": {\"0\": {\"1\": 2.5}}}",
      "\"name\": \"a\"", "\"directed\": true", "1e308", "null", "]", "}", ", ",
    ])

  /// A network file of any format, plain or packed.
  static let packed = network(
    "packed", nil,
    words: ["\u{1F}", "(\u{B5}/", "?SNDlib native format", "<graphml>", "{\"nodes\""])

  private static let xml = [
    "<?xml version=\"1.0\"?>", "<!DOCTYPE a [", "<!ENTITY e \"x\">", "]>", "&e;", "&amp;", "&nbsp;",
    "&#0;", "&#x10FFFF;", "<![CDATA[", "]]>", "<!--", "-->", "<a:b ", "xmlns=\"", "/>", "%e;",
  ]

  /// What is imported is a scenario that can be read.
  private static func network(
    _ name: String, _ format: FileFormat?, words: [String]
  ) -> FuzzTarget {
    FuzzTarget(name, longest: 4096, words: words) { bytes in
      var lengths = LengthRules()
      lengths.unknown = .init(100)
      do throws(ImportError) {
        let network = try ImportedNetwork(
          bytes, named: "input", format: format, lengths: lengths)
        let text = try ImportedScenario(
          network, rules: ScenarioRules(), lengths: lengths, file: "input", version: "0"
        ).text
        var problems = Problems(file: "output")
        let node = Node.read(Array(text.utf8), problems: &problems)
        return node != nil && problems.isEmpty ? nil : "it becomes \(text): \(problems.all)"
      } catch {
        return "\(error)".isEmpty ? "it is refused, and nobody says why" : nil
      }
    }
  }
}

extension JSONValue {
  /// The value as one that can be printed.
  fileprivate var written: JSON {
    switch content {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .number(let value): .number(value)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.written))
    case .object(let members): .object(members.map { ($0.key, $0.value.written) })
    }
  }
}
