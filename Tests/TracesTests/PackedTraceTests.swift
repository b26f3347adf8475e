// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Samples
import Testing
import Traces

/// Traces that are packed read like their content.
@Suite struct PackedTraceTests {
  private static let header = "timestamp,input_length,output_length\n"
  /// Longer than what is read at once, packed and unpacked.
  private static let text =
    header + (0..<150_000).map { "\($0 * 7),\($0 &* 2_654_435_761 % 99_991),\($0)\n" }.joined()

  static let packers: [@Sendable ([UInt8]) -> [UInt8]] = [{ gzipped($0) }, { zstandard($0) }]

  private func withTrace<Value>(
    _ bytes: [UInt8], _ body: (String) throws -> Value
  ) throws -> Value {
    let trace = try Trace(Data(bytes))
    return try withExtendedLifetime(trace) { try body(trace.path) }
  }

  /// What reading it to the end says, from the place in the file on.
  private func complaint(_ bytes: [UInt8], _ tolerance: Tolerance = .strict) throws -> String? {
    try withTrace(bytes) { path in
      do {
        _ = try all(RequestReader(file: path, tolerance: tolerance))
        return nil
      } catch let error as TraceError {
        return String(error.description.dropFirst(path.count))
      }
    }
  }

  @Test(arguments: packers)
  func theContentIsWhatIsRead(pack: @Sendable ([UInt8]) -> [UInt8]) throws {
    let plain = try withTrace(Array(Self.text.utf8)) { try all(RequestReader(file: $0)) }
    #expect(plain.count == 150_000)
    try withTrace(pack(Array(Self.text.utf8))) { path in
      let kind = try TraceKind(of: path)
      #expect(kind == .requests)
      let reader = try RequestReader(file: path, isCertified: true)
      #expect(reader.fractionRead > 0 && reader.fractionRead <= 1)
      let first = try all(reader)
      #expect(first == plain && reader.fractionRead == 1)
      try reader.rewind()
      let second = try all(reader)
      #expect(second == plain)
      // A manifest tells the file as it is stored.
      let record = try reader.record()
      let stored = try FileFingerprint.read(path)
      #expect(record.fingerprint == stored && !record.isPart)
    }
  }

  @Test(arguments: packers)
  func partsInARowAreOneTrace(pack: @Sendable ([UInt8]) -> [UInt8]) throws {
    let packed = ["\u{feff}" + Self.header + "0,1,", "2\n3,4", ",5\n"].flatMap {
      pack(Array($0.utf8))
    }
    let records = try withTrace(packed) { try all(RequestReader(file: $0)) }
    #expect(records.map(\.inputTokens) == [1, 4] && records.map(\.outputTokens) == [2, 5])
  }

  @Test func otherReadersUnpackToo() throws {
    let flows = "flow,start_s,source,target,bytes\nf,1,a,b,9\n"
    let row = try withTrace(gzipped(Array(flows.utf8))) { try rows(of: $0) }
    #expect(row.map(\.name) == ["f"])
    let jobs = "; MaxProcs: 8\n1 0 0 0 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1 -1\n"
    let count = try withTrace(zstandard(Array(jobs.utf8))) { try all(SWFReader(file: $0)).count }
    #expect(count == 1)
    let lines = #"{"timestamp": 0, "input_length": 1, "output_length": 1}"# + "\n"
    let read = try withTrace(zstandard(Array(lines.utf8))) {
      try all(RequestReader(file: $0)).count
    }
    #expect(read == 1)
  }

  /// Lenient reading skips lines, and not the end of a file.
  @Test(arguments: [Tolerance.strict, .lenient])
  func aFileThatIsCutShortIsAnError(tolerance: Tolerance) throws {
    let gzip = gzipped(Array(Self.text.utf8))
    let found = try #require(try complaint(gzip.dropLast(2000), tolerance))
    #expect(
      found.hasSuffix(
        ": the file ends in the middle of a gzip member, at its byte \(gzip.count - 2000); expected "
          + "a file that was packed and copied to its end"))
    // It says up to which line it was read.
    let line = try #require(found.split(separator: ":").first.flatMap { Int($0) })
    #expect(line > 100_000 && line < 150_002)
    let frame = zstandard(Array(Self.text.utf8))
    let cut = try #require(try complaint(frame.dropLast(1), tolerance))
    #expect(cut.contains("the file ends in the middle of a Zstandard frame"))
  }

  @Test(arguments: [Tolerance.strict, .lenient])
  func aDamagedFileIsAnError(tolerance: Tolerance) throws {
    var packed = gzipped(Array(Self.text.utf8))
    // The checksum stands behind the content.
    packed[packed.count - 8] ^= 1
    let found = try #require(try complaint(packed, tolerance))
    #expect(found.hasSuffix("of the file: incorrect data check"))
    #expect(found.contains("found a damaged gzip member at byte "))
  }

  /// Hundreds of megabytes without a line end are no line, and are never in memory at once.
  @Test func aBombIsALineThatIsTooLong() throws {
    let bomb =
      zstandard(Array(Self.header.utf8)) + zstandard([UInt8](repeating: 0x30, count: 128 << 20))
    #expect(try complaint(bomb) == ":2: the line is longer than 1 MiB")
    #expect(try complaint(bomb, .lenient) == nil)
  }

  @Test func otherContainersAreNamed() throws {
    #expect(
      try complaint([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4])
        == ": found an xz file, expected a trace, plain or packed by gzip or zstd")
  }
}
