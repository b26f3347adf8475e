// SPDX-License-Identifier: GPL-3.0-or-later
import Importing
import NetworkModel
import Samples
import Testing

/// Files that are no network in any format, and files that would cost too much to read.
@Suite struct OddFileTests {
  private func problem(ofBytes bytes: [UInt8]) -> String? {
    do throws(ImportError) {
      _ = try ImportedNetwork(bytes, named: "f")
      return nil
    } catch {
      return error.description
    }
  }

  static let foreign: [(bytes: [UInt8], problem: String)] = [
    ([], "f: found an empty file, expected a network file"),
    ([0x20, 0x0A, 0x0A], "f: found an empty file, expected a network file"),
    (
      [0x1F, 0x8B, 8, 0],
      "f: the file ends in the middle of a gzip member, at its byte 4; expected a file that was "
        + "packed and copied to its end"
    ),
    (
      [0x50, 0x4B, 3, 4],
      "f: found a zip file, expected the text of a network file, plain or packed by gzip or zstd"
    ),
    (
      [0xFF, 0xFE, 0x3C, 0],
      "f:1:1: found a UTF-16 byte order mark, expected UTF-8 text"
    ),
    ([0x3C, 0x0A, 0x61, 0xFF] as [UInt8], "f:2:2: found byte 0xFF, expected UTF-8 text"),
    ([0x7B, 0], "f:1:2: found a NUL byte, expected UTF-8 text"),
    (Array("graph [\n".utf8), "f:1:1: found GML, expected GraphML, SNDlib or TopoHub JSON"),
    (
      Array("<svg/>".utf8),
      "f:1:1: found <svg>, expected <network> of SNDlib or <graphml>"
    ),
    (
      Array("<?xml version='1.0' encoding='KOI8-R'?><network/>".utf8),
      "f:1:1: found the encoding \"KOI8-R\", expected UTF-8 or ISO-8859-1"
    ),
  ]

  @Test(arguments: foreign)
  func whatIsNoNetworkFileIsSaid(_ bytes: [UInt8], _ expected: String) {
    #expect(problem(ofBytes: bytes) == expected)
  }

  @Test func aByteOrderMarkIsTaken() throws {
    let network = try ImportedNetwork(
      [0xEF, 0xBB, 0xBF] + Array(SNDlibNativeTests.quarters.utf8), named: "f")
    #expect(network.sites.count == 3)
  }

  @Test func packedFilesAreReadLikeTheirContent() throws {
    let plain = try ImportedNetwork(Array(GraphMLTests.text.utf8), named: "f", lengths: Self.rules)
    for pack in [{ gzipped($0) }, { zstandard($0) }] as [([UInt8]) -> [UInt8]] {
      let packed = pack(Array(GraphMLTests.text.utf8))
      #expect(try ImportedNetwork(packed, named: "f", lengths: Self.rules) == plain)
      #expect(problem(ofBytes: packed.dropLast(9))?.contains("ends in the middle") == true)
      #expect(
        problem(ofBytes: pack(Array("{\n\"nodes\": 1}".utf8)))?.hasPrefix("f:1:1: found neither")
          == true)
    }
  }

  private static var rules: LengthRules {
    var rules = LengthRules()
    rules.unknown = .init(50)
    return rules
  }

  /// 200 MiB of blanks fit in some kilobytes.
  @Test func contentHasALimit() {
    let packed = zstandard([UInt8](repeating: 0x20, count: 129 << 20), level: 1)
    #expect(
      problem(ofBytes: packed)
        == "f: holds more than 128 MiB once it is unpacked, the largest network file read")
  }

  @Test func anUnknownTextListsWhatIsKnown() {
    #expect(
      ImportingTests.problem(of: "a,b,c\n") == """
        f:1:1: not a known network file: expected SNDlib native ("?SNDlib native format"), SNDlib \
        XML, GraphML or TopoHub JSON
        """)
  }

  @Test func aForcedFormatIsTheOnlyOneTried() {
    #expect(
      ImportingTests.problem(of: TopoHubTests.text, as: .graphml)
        == "f:1:1: found text outside of the root element, expected an element")
    #expect(
      ImportingTests.problem(of: GraphMLTests.text, as: .sndlibXML)
        == "f:1:39: found <graphml>, expected <network>")
  }

  @Test func aFileThatIsNotThereIsSaid() {
    #expect(throws: ImportError.self) { try ImportedNetwork(file: "/no/such/file") }
    #expect(throws: ImportError.self) { try ImportedNetwork(file: "/") }
  }

  @Test(arguments: [
    (
      String(repeating: "[", count: 100_000),
      "f:1:101: found brackets 101 levels deep, expected at most 100"
    ),
    (
      "{\"nodes\":" + String(repeating: "[", count: 100_000),
      "f:1:109: found brackets 101 levels deep, expected at most 100"
    ),
    (String(repeating: "<a>", count: 100_000), "f:1:301: nested deeper than 100 elements"),
  ])
  func nestingHasALimit(_ text: String, _ expected: String) {
    let format: FileFormat? = text.hasPrefix("[") ? .topohub : nil
    let found = ImportingTests.problem(of: text, as: format) ?? ""
    #expect(found.hasPrefix(expected), "\(found)")
  }

  /// What takes time by the square of its length would take minutes.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("<a>", "&lt;", "</a>"), ("<a>", "<b/>t", "</a>"),
      ("<!DOCTYPE a [", "<!ENTITY b 'c'>", "]><a/>"), ("<!--", "<!-- ", "-->"),
      ("<a><![CDATA[", "]]", "]]></a>"), ("{", "\"a\":{},", "}"), ("[\"", "\\u00e9", "\"]"),
    ])
  func longFilesAreReadInTimeByTheirLength(_ start: String, _ middle: String, _ end: String) {
    let text = start + String(repeating: middle, count: 60_000) + end
    let format: FileFormat? = text.hasPrefix("[") ? .topohub : nil
    #expect(ImportingTests.problem(of: text, as: format) != nil)
  }
}
