// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Samples
import Testing
import Traces

@Suite struct TraceReaderTests {
  private static let header = "flow,start_s,source,target,bytes,path\n"

  @Test func readsARowOfEachKind() throws {
    let rows = try read(
      TraceReaderTests.header + "f1,0,a,b,1000,\nf2,1.5,,,2.5e3,l0;l1\nf3,1.5,a,b,7,l0\n")
    #expect(rows.map(\.name) == ["f1", "f2", "f3"])
    #expect(rows.map(\.start) == [0, 1_500_000_000, 1_500_000_000])
    #expect(rows.map(\.bytes) == [1000, 2500, 7])
    #expect(
      rows.map(\.request) == [
        RouteRequest(source: "a", target: "b", path: [], className: ""),
        RouteRequest(source: "", target: "", path: ["l0", "l1"], className: ""),
        RouteRequest(source: "a", target: "b", path: ["l0"], className: ""),
      ])
  }

  @Test(arguments: [
    "class,bytes,target,source,start_s,flow\ngold,8,b,a,2,f",
    "\u{feff}class,bytes,target,source,start_s,flow\r\ngold,8,b,a,2,f\r\n",
    "\"class\",bytes,target,source,start_s,flow\n\"gold\",8,b,\"a\",2,\"f\"\n\n\n",
    "flow,start_s,source,target,bytes,class\nf,2e0,a,b,+8.0,gold\n\r\n",
  ])
  func columnsStandInAnyOrder(text: String) throws {
    let rows = try read(text)
    let request = RouteRequest(source: "a", target: "b", path: [], className: "gold")
    #expect(rows == [Row(name: "f", start: 2_000_000_000, bytes: 8, request: request)])
  }

  @Test func quotedFieldsKeepCommasQuotesAndLineEnds() throws {
    let rows = try read(
      TraceReaderTests.header + "\"a,\"\"b\"\"\",0,\"x,y\",z,1,\n\"two\nlines\",0,\"\",\"\",2,l\n")
    #expect(rows.map(\.name) == ["a,\"b\"", "two\nlines"])
    #expect(rows.map(\.request.source) == ["x,y", ""])
    // The second row starts on line 3 and takes two lines: what follows it is line 5.
    let text = TraceReaderTests.header + "f,0,a,b,1,\n\"two\nlines\",0,a,b,2,\nf,0,a,b,x,\n"
    #expect(complaint(about: text) == "trace.csv:5: bytes: expected a number, found 'x'")
  }

  @Test func aHeaderAloneIsATraceWithoutFlows() throws {
    #expect(try read(TraceReaderTests.header).isEmpty)
    #expect(try read("flow,start_s,source,target,bytes").isEmpty)
  }

  @Test func eachCombinationIsResolvedOnce() throws {
    let trace = try Trace(
      "flow,start_s,source,target,bytes,path,class\n"
        + "1,0,a,b,1,,\n2,0,a,b,1,,\n3,0,a,b,1,l,\n4,0,,ab,1,l,\n5,0,a,b,1,,c\n6,0,ab,,1,l,\n"
        + "7,0,a,b,1,l,\n")
    let reader = try TraceReader(file: trace.path)
    var requests: [RouteRequest] = []
    var routes: [Int32] = []
    while let row = try reader.next(resolve: { request in
      requests.append(request)
      return Int32(requests.count - 1)
    }) {
      routes.append(row.route)
    }
    // Rows 4 and 6 have the same letters in other columns: they are combinations of their own.
    #expect(routes == [0, 0, 1, 2, 3, 4, 1])
    #expect(Set(requests).count == requests.count)
    withExtendedLifetime(trace) {}
  }

  @Test func manyCombinationsOutgrowTheFirstTable() throws {
    var text = TraceReaderTests.header
    for _ in 0..<2 { for index in 0..<5000 { text += "f,0,n\(index),n\(index + 1),1,\n" } }
    let rows = try read(text)
    #expect(rows.count == 10_000)
    #expect(rows.map(\.request.source) == (0..<10_000).map { "n\($0 % 5000)" })
  }

  @Test func recordsCrossTheEdgeOfTheBuffer() throws {
    // 3.7 MB in rows of uneven length, every other one quoted: the buffer of 1.25 MiB is
    // filled three times, each time with a row cut in two.
    var text = TraceReaderTests.header
    for index in 0..<60_000 {
      let name = String(repeating: "n", count: index % 61) + "\(index)"
      text += "\(index % 2 == 0 ? name : "\"\(name)\""),0.\(index + 100_000),a,b,\(index + 1),\n"
    }
    let rows = try read(text)
    #expect(rows.count == 60_000)
    #expect(rows[59_999].bytes == 60_000)
    #expect(rows.indices.allSatisfy { rows[$0].name.hasSuffix("\($0)") })
    #expect(rows.indices.allSatisfy { rows[$0].start == Int64($0 + 100_000) * 1000 })
  }

  @Test func pipesAreReadLikeFiles() throws {
    let trace = try Trace("")
    let pipe = trace.path + ".pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = Thread {
      guard let handle = FileHandle(forWritingAtPath: pipe) else { return }
      for part in [TraceReaderTests.header, "f1,0,a,b,1", "0,\nf2,1,a,", "b,2,\n"] {
        handle.write(Data(part.utf8))
      }
      try? handle.close()
    }
    writer.start()
    #expect(try rows(of: pipe).map(\.bytes) == [10, 2])
    withExtendedLifetime(trace) {}
  }
}
