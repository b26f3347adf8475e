// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import TestSupport
import Testing

@testable import Pages

@Suite struct JobBookTests {
  private static let text = """
    job_id,pool,final_state,starting_time,finish_time,waiting_time,\
    requested_number_of_resources,moves,iterations
    a,p,COMPLETED_SUCCESSFULLY,10,30,0,8,0,
    b,p,RUNNING,40,,5,16,0,
    c,p,WAITING,50,,,8,0,
    moved,q,COMPLETED_SUCCESSFULLY,1,90,1,8,2,
    refused,,REJECTED,,,,8,,
    training,,COMPLETED_SUCCESSFULLY,0,99,0,1024,,2000
    trains,p,COMPLETED_SUCCESSFULLY,60,70,0,8,0,500

    """

  private func table(_ folder: ScratchFolder) throws -> TableReader {
    try TableReader(folder.write(Self.text, to: "jobs.csv"))
  }

  /// Training on a fabric is no job on pools, and waits nowhere; on a pool it is one.
  @Test func statesAndWaitsAreThoseOfJobsOnPools() throws {
    let book = try JobBook(table(ScratchFolder()), end: 100)
    #expect(
      book.states
        == ["COMPLETED_SUCCESSFULLY": 3, "RUNNING": 1, "WAITING": 1, "REJECTED": 1])
    #expect(book.waits.count == 4)
  }

  @Test func staysAreFromTheFirstStartToTheEnd() throws {
    let stays = try JobStay.all(in: table(ScratchFolder()), end: 100)
    #expect(stays.map(\.job) == ["a", "b", "trains"])
    #expect(stays.map(\.from) == [10, 40, 60] && stays.map(\.to) == [30, 100, 70])
    #expect(stays.map(\.accelerators) == [8, 16, 8])
  }
}
