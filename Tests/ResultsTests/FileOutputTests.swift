// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Testing

@Suite struct FileOutputTests {
  @Test func aLimitOnFileSizesIsAnError() async throws {
    // The limit holds for a whole process, so a process of its own has to meet it.
    await #expect(processExitsWith: .exitCode(7)) {
      FileOutput.reportSizeLimitAsError()
      var limit = rlimit(rlim_cur: 1 << 16, rlim_max: 1 << 16)
      setrlimit(__rlimit_resource_t(1), &limit)
      let scratch = try Scratch()
      let folder = try ResultsFolder(at: scratch.path + "/ring")
      let text = String(repeating: "x", count: 1 << 17)
      do throws(ResultsError) {
        try folder.write(text, to: "flows.csv")
      } catch {
        let expected = "the file grew past the limit on the size of files"
        guard error.description == "\(scratch.path)/ring/flows.csv: \(expected)" else { exit(1) }
        folder.discard()
        exit(scratch.names.isEmpty ? 7 : 2)
      }
    }
  }

  @Test func aFingerprintTellsFilesApart() throws {
    let scratch = try Scratch()
    try "foobar".write(toFile: scratch.path + "/a", atomically: false, encoding: .utf8)
    let fingerprint = try FileFingerprint.read(scratch.path + "/a")
    // The published test vector of 64-bit FNV-1a for "foobar".
    #expect(fingerprint == FileFingerprint(bytes: 6, hash: 0x8594_4171_f739_67e8))
    #expect(fingerprint == FileFingerprint(of: "foobar".utf8))
    #expect(FileFingerprint(of: "foobaz".utf8) != fingerprint)
  }

  @Test func aPipeHasNoFingerprint() throws {
    let scratch = try Scratch()
    #expect(mkfifo(scratch.path + "/pipe", 0o600) == 0)
    #expect(try FileFingerprint.read(scratch.path + "/pipe") == nil)
  }

  @Test func aMissingFileIsAnError() {
    #expect(throws: ResultsError(path: "nowhere.csv", reason: .system(ENOENT))) {
      try FileFingerprint.read("nowhere.csv")
    }
  }
}
