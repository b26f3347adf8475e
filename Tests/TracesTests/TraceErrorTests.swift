// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing
import Traces

@Suite struct TraceErrorTests {
  @Test(arguments: [
    ("", "1: the file is empty; expected the header flow,start_s,source,target,bytes,path"),
    ("\n", "1: the file is empty; expected the header flow,start_s,source,target,bytes,path"),
    (
      "\u{feff}",
      "1: the file is empty; expected the header flow,start_s,source,target,bytes,path"
    ),
    ("flow,start_s,source,target,path\n", "1: the column 'bytes' is missing from the header"),
    ("flow,start_s,source,bytes\n", "1: the column 'target' is missing from the header"),
    ("flow,start_s,flow,source,target,bytes\n", "1: the column 'flow' is there twice"),
    (
      "flow,start,source,target,bytes\n",
      "1: unknown column 'start'; the columns of a trace are "
        + "flow, start_s, source, target, bytes, path, class and deadline_s"
    ),
  ])
  func headers(text: String, expected: String) {
    #expect(complaint(about: text) == "trace.csv:" + expected)
  }

  @Test(arguments: [
    ("f,0,a,b,1", "expected 6 fields as in the header, found 5"),
    ("f,0,a,b,1,,", "expected 6 fields as in the header, found 7"),
    ("f,zero,a,b,1,", "start_s: expected a number, found 'zero'"),
    ("f,,a,b,1,", "start_s: expected a number, found ''"),
    ("f,1.2.3,a,b,1,", "start_s: expected a number, found '1.2.3'"),
    ("f,1e,a,b,1,", "start_s: expected a number, found '1e'"),
    ("f, 1,a,b,1,", "start_s: expected a number, found ' 1'"),
    ("f,0x10,a,b,1,", "start_s: expected a number, found '0x10'"),
    ("f,nan,a,b,1,", "start_s: expected a number, found 'nan'"),
    ("f,inf,a,b,1,", "start_s: expected a number, found 'inf'"),
    ("f,-0.5,a,b,1,", "start_s: a flow can't start before 0, found '-0.5'"),
    (
      "f,1e10,a,b,1,",
      "start_s: '1e10' is past the last instant that can be simulated, 9.2e9 s"
    ),
    ("f,0,a,b,Infinity,", "bytes: expected a number, found 'Infinity'"),
    ("f,0,a,b,NaN,", "bytes: expected a number, found 'NaN'"),
    ("f,0,a,b,1e999,", "bytes: the number '1e999' is too large"),
    ("f,0,a,b,0,", "bytes: expected a number above 0, found '0'"),
    ("f,0,a,b,-3,", "bytes: expected a number above 0, found '-3'"),
    ("f,0,a,b,1e-999,", "bytes: expected a number above 0, found '1e-999'"),
    ("f,0,a,,1,", "expected a source and a target, or a path"),
    ("f,0,,,1,l;;m", "path: an empty link name in 'l;;m'"),
    (",0,a,b,1,", "flow: the name is empty"),
    ("f\0,0,a,b,1,", "flow: expected a name without control characters, found 'f\u{fffd}'"),
    ("f\u{7f},0,a,b,1,", "flow: expected a name without control characters, found 'f\u{fffd}'"),
    ("f\u{85},0,a,b,1,", "flow: expected a name without control characters, found 'f\u{fffd}'"),
    ("\"f,0,a,b,1,", "a quote is opened and never closed"),
    ("\"f\"x,0,a,b,1,", "a quote may only enclose a whole field, and is doubled inside one"),
    ("f\"x\",0,a,b,1,", "a quote may only enclose a whole field, and is doubled inside one"),
  ])
  func rowsOnLineThree(row: String, expected: String) {
    let text = "flow,start_s,source,target,bytes,path\nok,0,a,b,1,\n\(row)\n"
    #expect(complaint(about: text) == "trace.csv:3: " + expected)
  }

  @Test func timeMayNotGoBack() {
    let text = "flow,start_s,source,target,bytes\nf,2.000000001,a,b,1\ng,2,a,b,1\n"
    #expect(
      complaint(about: text)
        == "trace.csv:3: start_s: flows must be in order of their start, found 2 after 2.000000001; "
        + "sort the file by it, or have it sorted: sort: true in a scenario, --sort with show trace"
    )
  }

  @Test func emptyLinesStandOnlyAtTheEnd() {
    let text = "flow,start_s,source,target,bytes\nf,0,a,b,1\n\ng,0,a,b,1\n"
    #expect(
      complaint(about: text)
        == "trace.csv:4: expected the end of the file after an empty line, found more text")
  }

  @Test func theResolversWordIsPassedOn() {
    let text = "flow,start_s,source,target,bytes\nf,0,a,b,1\ng,0,a,mars,1\n"
    let expected = "trace.csv:3: the network has no node 'mars'"
    #expect(complaint(about: text, unknownNode: "mars") == expected)
  }

  @Test func textThatIsNotUTF8IsRefused() {
    let header = Data("flow,start_s,source,target,bytes\n".utf8)
    let name = header + [0xff, 0xfe] + Data(",0,a,b,1\n".utf8)
    #expect(complaint(about: name) == "trace.csv:2: flow: the text is not UTF-8")
    let node = header + Data("f,0,".utf8) + [0xc3, 0x28] + Data(",b,1\n".utf8)
    #expect(complaint(about: node) == "trace.csv:2: source: the text is not UTF-8")
    #expect(
      complaint(about: Data([0xff, 0xfe]) + header) == "trace.csv:1: header: the text is not UTF-8")
  }

  @Test func aLineWithoutEndIsRefused() {
    let header = "flow,start_s,source,target,bytes\n"
    let long = String(repeating: "x", count: (1 << 20) + 1)
    #expect(complaint(about: header + long) == "trace.csv:2: the line is longer than 1 MiB")
    #expect(
      complaint(about: header + long + long) == "trace.csv:2: the line is longer than 1 MiB")
    // A quote that stays open swallows line after line, until it is clear that none closes it.
    let rows = String(repeating: "f,0,a,b,1\n", count: 150_000)
    #expect(
      complaint(about: header + "\"" + rows) == "trace.csv:2: a quote is opened and never closed")
  }

  @Test func messagesStayShortAndOnOneLine() {
    let text =
      "flow,start_s,source,target,bytes\nf,\u{1b}[31m\(String(repeating: "9", count: 500))x,a,b,1\n"
    let shown = "\u{fffd}[31m" + String(repeating: "9", count: 55) + "..."
    #expect(complaint(about: text) == "trace.csv:2: start_s: expected a number, found '\(shown)'")
  }

  @Test func whatCannotBeReadIsNamed() {
    #expect(throws: TraceError(file: "nowhere.csv", line: nil, problem: .system(ENOENT))) {
      try TraceReader(file: "nowhere.csv")
    }
    #expect(throws: TraceError.self) { try TraceReader(file: "/") }
  }
}
