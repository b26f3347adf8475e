// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import NetworkModel

@Suite struct CSVTextTests {
  @Test(
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,,c\n", [["a", "", "c"]]), ("a,\nb,\n", [["a", ""], ["b", ""]]), ("a,", [["a", ""]]),
      ("\"a, \"\"b\"\"\nc\",d\n", [["a, \"b\"\nc", "d"]]), ("\"\",x", [["", "x"]]),
      ("和,\"林\"\n", [["和", "林"]]), ("a\n\nb\n", [["a"], ["b"]]), ("", []),
    ] as [(String, [[String]])])
  func fieldsAreTakenApart(text: String, records: [[String]]) {
    #expect(CSVText.records(of: Array(text.utf8)) == records)
  }

  @Test(arguments: ["\"a", "\"a\"b,c\n", "x,\"", "\"a\"\"\n"])
  func aQuoteThatDoesNotEndIsMalformed(text: String) {
    #expect(CSVText.records(of: Array(text.utf8)) == nil)
  }
}
