// SPDX-License-Identifier: GPL-3.0-or-later
private import CZstd

/// Frames of Zstandard (RFC 8878) by libzstd, which skips those that say so.
final class ZstdCodec: Codec {
  private let context: OpaquePointer
  private(set) var isBetweenParts = false

  /// The window of 128 MiB, which RFC 8878 section 3.1.1.1.2 lets a reader stop at, as zstd does.
  private static let largestWindow: Int32 = 27

  init() {
    guard let context = ZSTD_createDCtx() else {
      preconditionFailure("libzstd has memory for a stream")
    }
    self.context = context
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.largestWindow)
  }

  deinit {
    ZSTD_freeDCtx(context)
  }

  func step(
    _ packed: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CodecFault) -> (taken: Int, given: Int) {
    var input = ZSTD_inBuffer(src: packed.baseAddress, size: packed.count, pos: 0)
    var place = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let code = ZSTD_decompressStream(context, &place, &input)
    guard ZSTD_isError(code) == 0 else {
      let text = ZSTD_getErrorName(code).map { String(cString: $0) } ?? "error \(code) of libzstd"
      throw CodecFault(text: text, taken: input.pos)
    }
    // Zero says that a frame is complete, and all that was in it given.
    isBetweenParts = code == 0
    return (input.pos, place.pos)
  }
}
