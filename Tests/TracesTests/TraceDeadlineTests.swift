// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Samples
import Testing
import Traces

@Suite struct TraceDeadlineTests {
  private static let header = "flow,start_s,source,target,bytes,deadline_s\n"

  private func deadlines(_ text: String, _ reshaping: TraceReshaping? = nil) throws -> [Double?] {
    let trace = try Trace(text)
    defer { withExtendedLifetime(trace) {} }
    let rows = try FlowRows(file: trace.path) { _ throws(RouteProblem) in 0 }
    let all =
      try reshaping.map { try TracesTests.all(rows.reshaped(by: $0)) }
      ?? TracesTests.all(rows)
    return all.map { $0.deadline?.seconds }
  }

  @Test func aColumnTellsThemAndMayBeEmpty() throws {
    #expect(try deadlines(Self.header + "f,0,a,b,1,2.5\ng,1,a,b,1,\n") == [2.5, nil])
    #expect(try deadlines("flow,start_s,source,target,bytes\nf,0,a,b,1\n") == [nil])
  }

  @Test func aDeadlineMovesWithItsFlow() throws {
    let text = Self.header + "f,10,a,b,1,12\ng,14,a,b,1,15\n"
    #expect(try deadlines(text, TraceReshaping()) == [2, 5])
  }

  @Test func oneThatIsNotBehindTheStartIsAnError() {
    for text in ["1", "0.5", "x", "-1"] {
      let found = complaint(about: Self.header + "f,1,a,b,1,\(text)\n")
      #expect(found?.hasPrefix("trace.csv:2: deadline_s: expected ") == true, "\(found ?? "nil")")
    }
  }
}
