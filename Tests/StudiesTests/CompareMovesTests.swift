// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import Studies

/// Which flows, jobs and links moved most.
@Suite struct CompareMovesTests {
  private func tables(_ name: String, in folder: ScratchFolder, _ files: [String: String]) throws
    -> String
  {
    try makeFolder("\(folder.path)/\(name)")
    for (file, text) in files { try folder.write(text, to: "\(name)/\(file)") }
    return "\(folder.path)/\(name)"
  }

  /// By completion time: f2 by 4 s, f3 by 3 s back, f1 by 1 s; f4 and f5 finish on one side alone.
  @Test func flowsAreMatchedByName() throws {
    let folder = try ScratchFolder()
    let first = try tables(
      "a", in: folder,
      ["flows.csv": "flow,start_s,finish_s\nf1,0,2\nf2,1,3\nf3,0,9\nf4,0,1\nf5,0,\nf6,2,3\n"])
    let second = try tables(
      "b", in: folder,
      ["flows.csv": "flow,start_s,finish_s\nf3,0,6\nf1,0,3\nf2,0,6\nf4,0,\nf5,0,7\nf6,2,3\n"])
    let moves = try #require(try FolderMoves.all(first, second).first)
    #expect(
      moves.rows == [
        .init(name: "f2", baseline: 2, candidate: 6), .init(name: "f3", baseline: 9, candidate: 6),
        .init(name: "f1", baseline: 2, candidate: 3),
      ])
    #expect(moves.both == 4 && moves.onlyBaseline == 1 && moves.onlyCandidate == 1)
  }

  @Test func theFarthestFiveAreKept() throws {
    let values = [1.0, 9, 2, 8, 3, 7, 4, 0]
    let moves = Moves(
      of: "link", measure: "use", unit: "", values.indices.map { ("l\($0)", 0) },
      values.enumerated().map { ("l\($0)", $0.isMultiple(of: 2) ? $1 : -$1) })
    #expect(moves.rows.map(\.name) == ["l1", "l3", "l5", "l6", "l4"])
    #expect(moves.rows.map(\.difference) == [-9, -8, -7, 4, 3])
    #expect(moves.both == 8)
  }

  /// `l` carries 10 of 20 for 1 s and 30 of 40 for 3 s: 100 of 140.
  @Test func linksAreWeighedByTime() throws {
    let folder = try ScratchFolder()
    let head = "time_s,link,capacity_bps,rate_bps\n"
    let first = try tables(
      "a", in: folder, ["links.csv": head + "1,l,20,10\n1,k,10,1\n4,l,40,30\n4,k,10,1\n"])
    let second = try tables("b", in: folder, ["links.csv": head + "4,l,40,10\n4,k,10,1\n"])
    let moves = try #require(try FolderMoves.all(first, second).first)
    #expect(moves.rows.map(\.name) == ["l"])
    let row = try #require(moves.rows.first)
    #expect(abs(row.baseline - 100.0 / 140) < 1e-12 && row.candidate == 0.25)
  }

  @Test func jobsGoByCompletionOrElseByIteration() throws {
    let folder = try ScratchFolder()
    let head = "job_id,submission_time,finish_time,iteration_s\n"
    let first = try tables("a", in: folder, ["jobs.csv": head + "j,1,5,2\nk,0,,3\n"])
    let second = try tables("b", in: folder, ["jobs.csv": head + "j,1,6,2\nk,0,,4\n"])
    let third = try tables("c", in: folder, ["jobs.csv": head + "j,1,,2\nk,0,,4\n"])
    let finished = try #require(try FolderMoves.all(first, second).first)
    #expect(finished.measure == "completion time" && finished.rows.map(\.difference) == [1])
    let iterated = try #require(try FolderMoves.all(first, third).first)
    #expect(iterated.measure == "time of an iteration" && iterated.rows.map(\.name) == ["k"])
  }
}
