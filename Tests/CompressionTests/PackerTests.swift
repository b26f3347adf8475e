// SPDX-License-Identifier: GPL-3.0-or-later
import Compression
import Testing

@Suite struct PackerTests {
  private func packed(_ bytes: [UInt8], _ format: PackedFormat, pieces: Int) -> [UInt8] {
    let packer = Packer(format)
    var packed: [UInt8] = []
    bytes.withUnsafeBytes { all in
      var rest = all[...]
      while !rest.isEmpty {
        let piece = rest.prefix(pieces)
        packer.pack(UnsafeRawBufferPointer(rebasing: piece)) { packed += $0 }
        rest = rest.dropFirst(pieces)
      }
    }
    packer.finish { packed += $0 }
    return packed
  }

  /// What the readers of traces unpack, which other programs have checked, is what was packed.
  @Test(arguments: PackedFormat.allCases)
  func whatIsPackedUnpacks(_ format: PackedFormat) throws {
    var generator = SystemRandomNumberGenerator()
    let samples: [[UInt8]] = [
      [], [7], Array("time_s,link,rate_bps\n".utf8), [UInt8](repeating: 65, count: 3_000_000),
      (0..<400_000).map { _ in UInt8.random(in: 0...255, using: &generator) },
    ]
    for sample in samples {
      for pieces in [1 << 12, 1 << 18, .max] {
        let bytes = packed(sample, format, pieces: pieces)
        #expect(PackedFormat(signature: bytes) == format)
        #expect(try Unpacker.content(of: bytes, format, upTo: .max - 1) == sample)
      }
    }
  }

  @Test(arguments: PackedFormat.allCases)
  func piecesDoNotMatter(_ format: PackedFormat) {
    let text = Array((0..<200_000).map { "\($0 % 977),\($0)\n" }.joined().utf8)
    #expect(packed(text, format, pieces: 1000) == packed(text, format, pieces: 131_072))
  }
}
