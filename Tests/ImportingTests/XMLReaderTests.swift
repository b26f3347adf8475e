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

  /// Billions of laughs stay untold: what a DOCTYPE declares is skipped, and unknown afterwards.
  @Test func aDoctypeIsSkippedAndNotExpanded() throws {
    let doctype = """
      <!DOCTYPE a SYSTEM "file:///etc/passwd" [
        <!ENTITY b "]>"> <!-- ]> ' --> <!ENTITY c SYSTEM 'x'>
      ]>
      """
    #expect(try root(doctype + "<a>t</a>").text == "t")
    #expect(problem(of: doctype + "<a>&c;</a>") == "unknown reference \"&c;\"")
  }

  @Test(arguments: [
    ("<a>", "found the end of the file, expected </a> of line 1"),
    ("<a", "found the end of the file, expected '>'"),
    ("<a b=1/>", "found \"1\", expected a value in quotes"),
    ("<a b='1", "found the end of the file, expected a closing quote"),
    ("<a b='1' b='2'/>", "the attribute \"b\" is given twice"),
    ("<a/><b/>", "found a second root element, expected the end of the file"),
    ("<a/>text", "found text outside of the root element, expected an element"),
    ("</a>", "found </a>, expected nothing to close"),
    ("<a><b></a>", "found </a>, expected </b>"),
    ("<a>&nosuch;</a>", "unknown reference \"&nosuch;\""),
    ("<a>&#0;</a>", "unknown reference \"&#0;\""),
    ("<a>&#xD800;</a>", "unknown reference \"&#xD800;\""),
    ("<a><!-- b</a>", "found a comment without an end, expected -->"),
    ("<a><![CDATA[b</a>", "found CDATA without an end, expected ]]>"),
    ("<!DOCTYPE a [ <a/>", "a DOCTYPE without an end"),
    ("<!-- nothing -->", "found no element, expected an XML document"),
    ("< a/>", "found \" \", expected the name of an element"),
  ])
  func whatIsNotWellFormedIsSaid(_ text: String, _ expected: String) {
    #expect(problem(of: text) == expected)
  }
}
