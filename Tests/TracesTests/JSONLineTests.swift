// SPDX-License-Identifier: GPL-3.0-or-later
import Samples
import Testing
import Traces

@Suite struct JSONLineTests {
  private func jobs(_ members: String) throws -> [TraceJob] {
    let trace = try Trace(
      #"{"submission_time": 1, "requested_number_of_resources": 2, "execution_time": 3, "#
        + members + "}\n")
    return try withExtendedLifetime(trace) { try all(JobReader(file: trace.path)) }
  }

  @Test(arguments: [
    (#""a\"b\\c""#, #"a"b\c"#), (#""\u00e9\ud83d\ude00\t""#, "é😀\t"), (#""null""#, "null"),
    (#""plain""#, "plain"), ("17", "17"),
  ])
  func namesAreWhatTheirTextStandsFor(text: String, name: String) throws {
    #expect(try jobs(#""job_id": "# + text).map(\.name) == [name])
  }

  @Test func keysMayHaveEscapes() throws {
    #expect(try jobs(#""j\u006fb_id": "a""#).map(\.name) == ["a"])
  }

  @Test func ofRepeatedKeysTheLastCounts() throws {
    #expect(try jobs(#""job_id": "a", "job_id": "b""#).map(\.name) == ["b"])
  }

  @Test func aTextThatIsWantedMustBeOne() throws {
    do {
      _ = try jobs(#""job_id": "a\x""#)
      Issue.record("it is no text of JSON")
    } catch let error as TraceError {
      #expect(error.description.contains(#":1:93: expected an escape: "#), "\(error)")
      #expect(error.description.contains(#"found '\x'"#), "\(error)")
    }
  }
}
