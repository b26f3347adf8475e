// SPDX-License-Identifier: GPL-3.0-or-later
private import CZlib
private import CZstd

/// Packs bytes as they come, into one gzip member or one frame of Zstandard.
///
/// What is packed is handed on in pieces. `finish` ends the part; without it the file is cut short,
/// and a reader says so. The same bytes give the same packed bytes, whatever pieces they come in.
public final class Packer {
  private let encoder: any Encoder
  private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)

  public init(_ format: PackedFormat) {
    encoder =
      switch format {
      case .gzip: GzipEncoder()
      case .zstd: ZstdEncoder()
      }
  }

  deinit {
    room.deallocate()
  }

  public func pack<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer, _ give: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = bytes
    while !rest.isEmpty {
      let step = encoder.step(rest, room, isLast: false)
      rest = UnsafeRawBufferPointer(rebasing: rest[step.taken...])
      if step.given > 0 { try give(UnsafeRawBufferPointer(rebasing: room[..<step.given])) }
    }
  }

  /// Hands on all that is left, and ends the part.
  public func finish<Failure: Error>(
    _ give: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    while true {
      let step = encoder.step(UnsafeRawBufferPointer(start: nil, count: 0), room, isLast: true)
      if step.given > 0 { try give(UnsafeRawBufferPointer(rebasing: room[..<step.given])) }
      if step.isDone { return }
    }
  }
}

/// A library that packs one format.
private protocol Encoder: AnyObject {
  func step(
    _ bytes: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) -> (taken: Int, given: Int, isDone: Bool)
}

/// Members of gzip (RFC 1952) by zlib.
private final class GzipEncoder: Encoder {
  /// zlib keeps a pointer back to it, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Twice as fast as zlib's own choice, and a tenth larger.
  private static let level: Int32 = 3

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // The largest window, and 16 more for the head and the end of gzip, without name and time.
    let code = deflateInit2_(
      stream, Self.level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib has memory for a stream, and is of the version it says")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func step(
    _ bytes: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) -> (taken: Int, given: Int, isDone: Bool) {
    // zlib does not write to its input, and has no word for that.
    let count = min(bytes.count, 1 << 30)
    let input = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
    stream.pointee.next_in = input?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let code = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
    return (
      count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out),
      code == Z_STREAM_END
    )
  }
}

/// A frame of Zstandard (RFC 8878) by libzstd, with a checksum.
private final class ZstdEncoder: Encoder {
  private let context: OpaquePointer

  init() {
    guard let context = ZSTD_createCCtx() else {
      preconditionFailure("libzstd has memory for a stream")
    }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit {
    ZSTD_freeCCtx(context)
  }

  func step(
    _ bytes: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) -> (taken: Int, given: Int, isDone: Bool) {
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    var place = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let left = ZSTD_compressStream2(
      context, &place, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
    precondition(ZSTD_isError(left) == 0, "libzstd packs any bytes")
    return (input.pos, place.pos, isLast && left == 0)
  }
}
