// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib
import CZstd

/// Bytes as a member of a gzip file.
public func gzipped(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  deflateInit2_(
    &stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
  var input = bytes
  var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
  let length = input.withUnsafeMutableBufferPointer { input in
    packed.withUnsafeMutableBufferPointer { packed in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = packed.baseAddress
      stream.avail_out = UInt32(packed.count)
      let code = deflate(&stream, Z_FINISH)
      precondition(code == Z_STREAM_END, "there is room for all of it")
      return packed.count - Int(stream.avail_out)
    }
  }
  deflateEnd(&stream)
  return Array(packed.prefix(length))
}

/// Bytes as a frame of a Zstandard file, with a checksum.
public func zstandard(_ bytes: [UInt8], level: Int32 = 3) -> [UInt8] {
  let context = ZSTD_createCCtx()
  defer { ZSTD_freeCCtx(context) }
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
  let length = ZSTD_compress2(context, &packed, packed.count, bytes, bytes.count)
  precondition(ZSTD_isError(length) == 0, "there is room for all of it")
  return Array(packed.prefix(length))
}
