// SPDX-License-Identifier: GPL-3.0-or-later
private import CZlib

/// Members of gzip (RFC 1952) by zlib.
final class GzipCodec: Codec {
  /// zlib keeps a pointer back to it, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private(set) var isBetweenParts = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // The largest window, and 16 more for the head and the end of gzip.
    let code = inflateInit2_(
      stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib has memory for a stream, and is of the version it says")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func step(
    _ packed: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CodecFault) -> (taken: Int, given: Int) {
    var skipped = 0
    if isBetweenParts {
      // Zeros fill the last block of a tape, and other devices that count in blocks.
      skipped = packed.firstIndex { $0 != 0 } ?? packed.count
      guard skipped < packed.count else { return (skipped, 0) }
      inflateReset(stream)
      isBetweenParts = false
    }
    // zlib does not write to its input, and has no word for that.
    let input = UnsafeMutableRawPointer(mutating: packed.baseAddress)
    stream.pointee.next_in = (input?.assumingMemoryBound(to: UInt8.self)).map { $0 + skipped }
    stream.pointee.avail_in = UInt32(packed.count - skipped)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let code = inflate(stream, Z_NO_FLUSH)
    let taken = packed.count - Int(stream.pointee.avail_in)
    switch code {
    // The last means that there was nothing to do it with.
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenParts = true
    default:
      let text = stream.pointee.msg.map { String(cString: $0) } ?? "error \(code) of zlib"
      throw CodecFault(text: text, taken: taken)
    }
    return (taken, output.count - Int(stream.pointee.avail_out))
  }
}
