// SPDX-License-Identifier: GPL-3.0-or-later
import Compression
import Samples
import Testing

@Suite struct UnpackerTests {
  /// Text of many lines, in which nearly nothing repeats.
  private static let text = Array((0..<40_000).map { "\($0 &* 2_654_435_761)\n" }.joined().utf8)

  static let packers: [(PackedFormat, @Sendable ([UInt8]) -> [UInt8])] = [
    (.gzip, { gzipped($0) }), (.zstd, { zstandard($0) }),
  ]

  private func content(_ packed: [UInt8]) throws -> [UInt8] {
    let format = try #require(PackedFormat(signature: packed))
    return try Unpacker.content(of: packed, format, upTo: .max)
  }

  private func fault(of packed: [UInt8]) throws -> UnpackingFault? {
    do {
      _ = try content(packed)
      return nil
    } catch let fault as UnpackingFault {
      return fault
    }
  }

  @Test(arguments: packers)
  func whatWasPackedIsReadBack(format: PackedFormat, pack: @Sendable ([UInt8]) -> [UInt8]) throws {
    for bytes in [Self.text, [7], []] {
      let packed = pack(bytes)
      #expect(PackedFormat(signature: packed) == format)
      #expect(try content(packed) == bytes)
    }
  }

  @Test(arguments: packers)
  func partsInARowAreOneContent(format: PackedFormat, pack: @Sendable ([UInt8]) -> [UInt8]) throws {
    let packed = pack(Self.text) + pack([]) + pack(Array("end".utf8))
    #expect(try content(packed) == Self.text + Array("end".utf8))
  }

  /// Every split of the packed bytes, and every size of the place for content, gives the same.
  @Test(arguments: packers)
  func piecesOfAnySizeGiveTheSame(
    format: PackedFormat, pack: @Sendable ([UInt8]) -> [UInt8]
  ) throws {
    let text = Array(Self.text.prefix(300))
    let packed = pack(text) + pack(text)
    for size in [1, 2, 3, 7, 64, 1000] {
      for room in [1, 5, 300, 1000] {
        #expect(try pieces(packed, format, size, room) == text + text)
      }
    }
  }

  private func pieces(
    _ packed: [UInt8], _ format: PackedFormat, _ size: Int, _ room: Int
  ) throws -> [UInt8] {
    let unpacker = packed.prefix(4).withUnsafeBytes { Unpacker(format, beginning: $0) }
    let place = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 1)
    defer { place.deallocate() }
    var rest = packed.dropFirst(4)
    var content: [UInt8] = []
    while true {
      switch try unpacker.unpack(into: place) {
      case .bytes(let count): content += place[..<count]
      case .end: return content
      case .needsInput:
        let piece = Array(rest.prefix(size))
        unpacker.room.copyBytes(from: piece)
        unpacker.put(piece.count)
        rest = rest.dropFirst(size)
      }
    }
  }

  /// A file that ends anywhere but at its end is cut short, at every one of its bytes.
  @Test(arguments: packers)
  func aCutFileIsNoFile(format: PackedFormat, pack: @Sendable ([UInt8]) -> [UInt8]) throws {
    let packed = pack(Array(Self.text.prefix(200)))
    for length in PackedFormat.signatureLength..<packed.count {
      let fault = try #require(try fault(of: Array(packed.prefix(length))))
      #expect(fault.reason == .cutShort && fault.offset <= length, "\(length) \(fault)")
    }
    // Also in its second part.
    let fault = try #require(try fault(of: packed + packed.dropLast()))
    #expect(fault.reason == .cutShort)
  }

  @Test(arguments: packers)
  func aChangedByteIsNoticed(format: PackedFormat, pack: @Sendable ([UInt8]) -> [UInt8]) throws {
    let packed = pack(Self.text)
    for place in stride(from: packed.count / 3, to: packed.count, by: packed.count / 5) {
      var changed = packed
      changed[place] ^= 0x10
      let fault = try #require(try fault(of: changed))
      guard case .damaged = fault.reason else {
        // A length that grew asks for more than there is.
        #expect(fault.reason == .cutShort)
        continue
      }
      #expect(fault.offset <= packed.count && fault.format == format)
    }
  }

  @Test func whatStandsBehindIsNoPartOfIt() throws {
    let one = gzipped(Array("one".utf8))
    #expect(try content(one + [0, 0, 0, 0]) == Array("one".utf8))
    #expect(
      try fault(of: one + [1, 2])?.description
        == "found a damaged gzip member at byte \(one.count + 2) of the file: "
        + "incorrect header check")
    let two = zstandard(Array("two".utf8))
    #expect(
      try fault(of: two + [1, 2, 3, 4])?.description
        == "found a damaged Zstandard frame at byte \(two.count + 4) of the file: "
        + "Unknown frame descriptor")
  }

  @Test func framesToBeSkippedAreSkipped() throws {
    let skipped: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9]
    #expect(
      try content(skipped + zstandard([1, 2]) + skipped + zstandard([3])) == [1, 2, 3])
  }

  /// A gigabyte of zeros in a megabyte is stopped by whoever reads it, not by the machine.
  @Test func contentStopsAtItsLimit() throws {
    let packed = zstandard([UInt8](repeating: 0, count: 64 << 20))
    #expect(packed.count < 100_000)
    let content = try Unpacker.content(of: packed, .zstd, upTo: 1 << 20)
    #expect(content.count > 1 << 20 && content.count < 2 << 20)
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 3, 4], "a zip file"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "an xz file"),
      (Array("BZh91AY&SY".utf8), "a bzip2 file"), (Array("BZh, a name".utf8), nil),
      (Array("flow".utf8), nil), ([], nil),
    ] as [([UInt8], String?)])
  func otherContainersAreKnown(start: [UInt8], name: String?) {
    #expect(ForeignContainer.name(of: start) == name)
    #expect(PackedFormat(signature: start) == nil)
  }
}
