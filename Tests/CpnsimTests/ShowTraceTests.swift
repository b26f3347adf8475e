// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ShowTraceTests {
  private func workspace(_ text: String, _ name: String = "t.csv") throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: name)
    return workspace
  }

  @Test func programsGetEveryStatisticOnALine() throws {
    let workspace = try workspace(
      "timestamp,input_length,output_length\n0,3,1\n1000,5,1\n4000,4,1\n")
    let outcome = try workspace.cpnsim("show", "trace", "t.csv", "--format", "csv")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "quantity,statistic,value,unit")
    for line in [
      "trace,kind,requests,", "trace,records,3,", "trace,skipped_lines,0,", "trace,span,4,s",
      "trace,rate,0.5,1/s", "gap,count,2,", "gap,mean,2,s", "gap,squared_variation,0.5,",
      "input,sum,12,token", "input,p50,4,token", "output,max,1,token",
      "input,exponential/mean,4,",
    ] {
      #expect(lines.contains(Substring(line)), "\(line)")
    }
    // Equal numbers have no fit, and there is none to be the best.
    #expect(!lines.contains { $0.hasPrefix("output,exponential") })
    #expect(lines.count { $0.contains(",best_fit,") } == 2)
    let json = try workspace.cpnsim("show", "trace", "t.csv", "--format", "json").objects()
    #expect(json.count == lines.count - 1)
    #expect(json.contains { $0["statistic"] as? String == "sum" && $0["value"] as? Int == 12 })
  }

  @Test func peopleGetUnitsAndTheBestFitMarked() throws {
    let rows = (0..<50).map { "f\($0),\($0 * $0),a,b,\(1000 + $0)\n" }.joined()
    let outcome = try workspace("flow,start_s,source,target,bytes\n" + rows)
      .cpnsim("show", "trace", "t.csv")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.contains("kind           flows") && lines.contains("span           40 min"))
    #expect(lines.contains { $0.hasPrefix("size") && $0.contains("51.2 kB") })
    #expect(lines.count { $0.hasSuffix("best") && !$0.hasPrefix("quantity") } == 2)
  }

  @Test func badLinesAreErrorsUnlessTheyMaySkipped() throws {
    let workspace = try workspace(
      "timestamp,input_length,output_length\n0,3,1\nx,5,1\n4000,,1\n5000,1,1\n")
    let strict = try workspace.cpnsim("show", "trace", "t.csv")
    #expect(strict.code == 2 && strict.output.isEmpty)
    #expect(
      strict.errors == "error: t.csv:3: timestamp: expected a number from 0 on or a date-time, "
        + "found 'x'\n")
    let lenient = try workspace.cpnsim("show", "trace", "t.csv", "--lenient")
    #expect(lenient.code == 0 && lenient.output.contains("skipped lines  2\n"))
    #expect(
      lenient.errors == """
        warning: t.csv: skipped 2 lines:
          t.csv:3: timestamp: expected a number from 0 on or a date-time, found 'x'
          t.csv:4: input_length: expected a whole number from 0 to 1e15, found ''

        """)
  }

  @Test func aMappingNamesColumnsAndTheUnitOfTime() throws {
    let workspace = try workspace("when,in,out\n0,3,1\n2000000,5,1\n")
    let words = [
      "show", "trace", "t.csv", "--map", "timestamp=when", "--map", "input=in", "--map",
      "output=out", "--time-unit", "us", "--format", "csv",
    ]
    let outcome = try workspace.cpnsim(words)
    #expect(outcome.code == 0 && outcome.output.contains("trace,span,2,s\n"))
  }

  @Test(arguments: [
    (["t.csv"], "t.csv:1: the kind of trace is not known"),
    (["t.csv", "--kind", "requests"], "found when, in, out"),
    (["t.csv", "--kind", "jobs"], "these are not the columns of jobs"),
    (["t.csv", "--kind", "flows"], "unknown column 'when'"),
    (["t.csv", "--map", "input=x"], "there is no column 'x'; found when, in, out"),
    (["t.csv", "--map", "size=in"], "'size=in' is no value for '--map <role=column>'"),
    (["t.csv", "--map", "input=a", "--map", "input=b"], "two columns for input"),
    (
      ["t.csv", "--kind", "swf", "--time-unit", "ms"], "--map and --time-unit go with other traces"
    ),
    (["t.csv", "--kind", "gantt"], "expected one of: flows, jobs, swf, batsim, requests"),
    (["t.csv", "--from", "a"], "--from goes with"),
    (["t.csv", "--format", "geojson"], "'geojson' is no value for '--format'"),
    (["t.csv", "--set", "a=b"], "--set goes with"),
    (["nowhere.csv"], "nowhere.csv: No such file"),
    ([], "missing argument '<trace>'"),
  ])
  func wrongUseIsExplained(words: [String], expected: String) throws {
    let outcome = try workspace("when,in,out\n0,3,1\n").cpnsim(["show", "trace"] + words)
    #expect(outcome.code == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }

  @Test func optionsOfTracesGoWithTracesOnly() throws {
    let outcome = try Workspace().cpnsim("show", "network", "--lenient")
    #expect(outcome.code == 2 && outcome.errors.contains("--lenient goes with 'show trace' only"))
  }

  @Test func aPipeIsReadWhereItsKindIsSaid() throws {
    let workspace = try workspace("timestamp,input_length,output_length\n0,3,1\n7000,5,1\n")
    let piped = try workspace.bash("cat t.csv | cpnsim show trace /dev/stdin --kind requests")
    #expect(piped.code == 0 && piped.output.contains("records        2\n"))
    let unsaid = try workspace.bash("cat t.csv | cpnsim show trace /dev/stdin")
    #expect(unsaid.code == 2 && unsaid.errors.contains("say which kind of trace it is"))
  }
}
