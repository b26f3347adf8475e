// SPDX-License-Identifier: GPL-3.0-or-later
import Results
import TestSupport
import Testing

@testable import Studies

/// What is read of folders of runs and studies.
@Suite struct CompareFolderTests {
  private func run(
    _ name: String, in folder: ScratchFolder, seed: Int, digest: String, summary: String
  ) throws -> String {
    let path = "\(folder.path)/\(name)"
    try makeFolder(path)
    try folder.write(
      #"{"name": "ring", "version": "0.1.0", "seed": \#(seed), "digest": "\#(digest)"}"#,
      to: "\(name)/manifest.json")
    try folder.write("metric,value,unit\n" + summary, to: "\(name)/summary.csv")
    return path
  }

  @Test func aRunIsItsSummary() throws {
    let folder = try ScratchFolder()
    let path = try run(
      "a", in: folder, seed: 3, digest: "00ff", summary: "fct_mean,0.5,s\nfct_p99,,s\nevents,7,\n")
    #expect(try ComparedKind(of: path) == .run)
    let side = try ComparedSide(run: path)
    #expect(side.metrics.map(\.name) == ["fct_mean", "fct_p99", "events"])
    #expect(side.metrics.map(\.unit) == ["s", "s", ""])
    let run = side.variants[0].runs[0]
    #expect(run.seed == 3 && run.digest == "00ff")
    #expect(run.values[0] == 0.5 && run.values[1].isNaN && run.values[2] == 7)
  }

  @Test func aFolderOfSomethingElseIsAnError() throws {
    let folder = try ScratchFolder()
    #expect(throws: IncomparableSides.self) { try ComparedKind(of: folder.path) }
    let run = try run("a", in: folder, seed: 1, digest: "0", summary: "")
    let file = try folder.write("{}", to: "s.yaml")
    #expect(throws: IncomparableSides.self) { try ComparedKind.common(of: [run, file]) }
  }

  private static let statement = """
    {"format": 1, "study": "light", "file": "s.yaml", "version": "0.1.0", "cells": 2,
     "seeds": 2, "seeds_are_fixed": true}
    """
  private static let package = """
    {"resources": [{"path": "wide.csv", "schema": {"fields":
      [{"name": "run"}, {"name": "fct_mean", "unit": "s"}, {"name": "events"}]}}]}
    """

  private func study(_ name: String, in folder: ScratchFolder, wide: String) throws -> String {
    try makeFolder("\(folder.path)/\(name)")
    try folder.write(Self.statement, to: "\(name)/study.json")
    try folder.write(Self.package, to: "\(name)/datapackage.json")
    try folder.write(wide, to: "\(name)/wide.csv")
    return "\(folder.path)/\(name)"
  }

  @Test func aStudyIsItsRunsThatAreDone() throws {
    let folder = try ScratchFolder()
    let path = try study(
      "a", in: folder,
      wide: """
        run,scenario,load,"the ""rule"", or cut",seed,status,digest,fct_mean,events
        1,nsfnet,10,first,1,done,0a,1.5,3
        2,nsfnet,10,first,2,failed,,,
        3,nsfnet,20,"a, b",1,done,0b,2.5,
        4,nsfnet,20,"a, b",2,missing,,,

        """)
    #expect(try ComparedKind(of: path) == .study)
    let side = try ComparedSide(study: path)
    // The only scenario tells nothing apart.
    #expect(side.axes == ["load", #"the "rule", or cut"#])
    #expect(side.metrics.map(\.unit) == ["s", ""])
    #expect(side.variants.map(\.labels) == [["10", "first"], ["20", "a, b"]])
    #expect(side.variants.map(\.runs.count) == [1, 1])
    #expect(side.variants[1].runs[0].values[0] == 2.5)
    #expect(side.variants[1].runs[0].values[1].isNaN)
    #expect(
      side.notes == [
        "\(path) lacks 2 runs of its study, which failed or are missing",
        "\(path) has no records: its tables are taken as they are",
      ])
  }

  @Test func severalScenariosAreAnAxis() throws {
    let folder = try ScratchFolder()
    let path = try study(
      "a", in: folder,
      wide: """
        run,scenario,seed,status,digest,fct_mean
        1,plain,1,done,0a,1
        2,ringed,1,done,0b,2

        """)
    let side = try ComparedSide(study: path)
    #expect(side.axes == ["scenario"])
    #expect(side.variants.map(\.labels) == [["plain"], ["ringed"]])
  }

  @Test func aBadTableSaysWhere() throws {
    let folder = try ScratchFolder()
    let short = try folder.write("metric,value,unit\r\na,1,\r\nb,2\r\n", to: "short.csv")
    let table = try TableReader(short)
    #expect(table.columns == ["metric", "value", "unit"])
    #expect(try table.advance() && table.text(2) == "")
    #expect(throws: TableFault.self) { try table.advance() }
    let word = try TableReader(folder.write("metric,value\na,much\n", to: "word.csv"))
    #expect(try word.advance())
    #expect(throws: TableFault.self) { try word.number(1) }
    #expect(throws: TableFault.self) { try word.column("unit") }
  }
}
