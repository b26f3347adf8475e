// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Importing

@Suite struct XMLReaderTests {
  private func root(_ text: String) throws -> XMLElement {
    try XMLReader.root(of: InputText(Array(text.utf8)))
  }

  private func problem(of text: String) -> String? {
    do throws(Fault) {
      _ = try XMLReader.root(of: InputText(Array(text.utf8)))
      return nil
    } catch {
      return error.text
    }
  }

  @Test func elementsHoldTextAttributesAndChildren() throws {
    let root = try root(
      """
      <?xml version="1.0"?><!-- a > b --><?style x?>
      <x:a one="1" ns:two = '"2" &lt;'>before<b/><b c="d">inside</b > after</x:a>
      <!-- the end -->
      """)
    #expect(root.name == "a" && root.text == "before after")
    #expect(root[attribute: "one"] == "1" && root[attribute: "two"] == "\"2\" <")
    #expect(root.all("b").map(\.text) == ["", "inside"])
    #expect(root.children[1][attribute: "c"] == "d")
  }

  @Test func referencesAndCharacterDataAreText() throws {
    let root = try root("<a>&lt;&#65;&#x1F600;&eacute;&nbsp;<![CDATA[<b>&amp;]]]]>&yuml;</a>")
    #expect(root.text == "<A😀é\u{A0}<b>&amp;]]ÿ")
  }

  @Test func theNamesOfHTMLAreKnownInAttributesToo() throws {
    let root = try root("<a b='&eacute;&amp;&#xe9;'>&Uuml;<b c='&quot;'/>&shy;</a>")
    #expect(root[attribute: "b"] == "é&é" && root.text == "Ü\u{AD}")
    #expect(root.first("b")?[attribute: "c"] == "\"")
  }

  /// What a DOCTYPE refers to is not fetched: the file would have to be readable, and is not XML.
  @Test(arguments: [
    "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE a PUBLIC \"-//x\" \"http://x/y.dtd\">",
    "<!DOCTYPE a [ <!ELEMENT a ANY> <!-- ]> ' --> ]>", "<!DOCTYPE a>",
  ])
  func aDoctypeIsSkipped(_ doctype: String) throws {
    #expect(try root(doctype + "<a>t&eacute;</a>").text == "té")
    #expect(problem(of: doctype + "<a>&c;</a>") == "unknown reference \"&c;\"")
  }

  /// Billions of laughs stay untold, and no file is read.
  @Test(arguments: [
    ("<!ENTITY c \"laugh\"> <!ENTITY d \"&c;&c;\">", "c"), ("<!ENTITY c SYSTEM 'x'>", "c"),
    ("<!ENTITY % c SYSTEM 'x'> %c;", "c"),
    ("<!ENTITY eacute SYSTEM 'file:///etc/passwd'>", "eacute"),
  ])
  func aDeclaredEntityIsRefused(_ declaration: String, _ name: String) {
    #expect(
      problem(of: "<!DOCTYPE a [\n\(declaration)\n]><a/>")
        == "found the declaration of an entity, \"\(name)\", expected none")
  }

  @Test(arguments: [
    ("<a>", "found the end of the file, expected </a> of line 1"),
    ("<a", "found a tag without an end, expected '>'"),
    ("<a b=1/>", "found \"1\", expected a value in quotes"),
    ("<a b='1", "found a tag without an end, expected '>'"),
    ("<a b='1' b='2'/>", "the attribute \"b\" is given twice"),
    ("<a/><b/>", "found a second root element, expected the end of the file"),
    ("<a/>text", "found text outside of the root element, expected an element"),
    ("</a>", "found \"/\", expected the name of an element, or &lt; for a '<'"),
    ("<a><b></a>", "found </a>, expected </b>"),
    ("<a>&nosuch;</a>", "unknown reference \"&nosuch;\""),
    ("<a>&#0;</a>", "unknown reference \"&#0;\""),
    ("<a>&#xD800;</a>", "unknown reference \"&#xD800;\""),
    ("<a><!-- b</a>", "found a comment without an end, expected -->"),
    ("<a><![CDATA[b</a>", "found CDATA without an end, expected ]]>"),
    ("<!DOCTYPE a [ <!--", "found a comment without an end, expected -->"),
    ("<a b='&nosuch;'/>", "unknown reference \"&nosuch;\""),
    ("<!-- nothing -->", "found no element, expected an XML document"),
    ("< a/>", "found \" \", expected the name of an element, or &lt; for a '<'"),
  ])
  func whatIsNotWellFormedIsSaid(_ text: String, _ expected: String) {
    #expect(problem(of: text) == expected)
  }

  /// Whatever is changed of a file, it is read or its fault lies inside of it.
  @Test(arguments: 0..<8)
  func changedFilesAreReadOrRefused(seed: UInt64) throws {
    let original = Array(GraphMLTests.text.utf8) + Array(SNDlibXMLTests.text.utf8)
    let scraps = [
      "<", ">", "&", ";", "\"", "'", "/", "!", "<!--", "<![CDATA[", "<?", "]]>", "&#x", "=",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    for _ in 0..<200 {
      let start = draw(original.count - 400)
      var bytes = Array(original[start..<start + 20 + draw(380)])
      for _ in 0..<1 + draw(3) {
        let scrap = Array(scraps[draw(scraps.count)].utf8)
        let place = draw(bytes.count)
        bytes.replaceSubrange(place..<min(bytes.count, place + draw(3)), with: scrap)
      }
      guard let text = try? InputText(bytes) else { continue }
      do throws(Fault) {
        _ = try XMLReader.root(of: text)
      } catch {
        #expect((0...text.bytes.count).contains(error.offset ?? -1), "\(error.text)")
      }
    }
  }
}
