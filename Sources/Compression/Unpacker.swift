// SPDX-License-Identifier: GPL-3.0-or-later

/// Gives the content of a packed file, piece by piece as it is read.
///
/// The parts that a file has one behind the other, as `cat` joins them, are read as one content.
/// Memory does not grow with the content: of gzip 32 KiB are kept, of Zstandard the window that the
/// file asks for, which may have 128 MiB at most. Checksums are checked.
///
/// The owner asks for content with `unpack`, and puts packed bytes into `room` when asked to.
public final class Unpacker {
  /// What came of asking for content.
  public enum Step: Equatable, Sendable {
    case bytes(Int)
    /// Nothing before more packed bytes are put into the room.
    case needsInput
    /// All parts are complete, and so is the file.
    case end
  }

  public let format: PackedFormat
  /// The place for packed bytes, whose content is used up whenever more are asked for.
  public let room: UnsafeMutableRawBufferPointer
  private var input: Range<Int>
  private var isInputComplete = false
  private var taken: Int64 = 0
  private let codec: any Codec
  /// Whether the codec filled all the place it had, and may have more to give.
  private var mayHaveMore = false

  private static let roomSize = 128 << 10

  /// Begins with packed bytes that were read to tell the format.
  public init(_ format: PackedFormat, beginning: UnsafeRawBufferPointer) {
    self.format = format
    room = .allocate(byteCount: max(Self.roomSize, beginning.count), alignment: 16)
    room.copyMemory(from: beginning)
    input = 0..<beginning.count
    codec =
      switch format {
      case .gzip: GzipCodec()
      case .zstd: ZstdCodec()
      }
  }

  deinit {
    room.deallocate()
  }

  /// Takes note of so many packed bytes in the room; none is the end of the file.
  public func put(_ count: Int) {
    input = 0..<count
    if count == 0 { isInputComplete = true }
  }

  /// Fills a place with content, as far as the packed bytes at hand go.
  public func unpack(
    into output: UnsafeMutableRawBufferPointer
  ) throws(UnpackingFault) -> Step {
    while mayHaveMore || !input.isEmpty {
      let packed = UnsafeRawBufferPointer(rebasing: room[input])
      do throws(CodecFault) {
        let step = try codec.step(packed, output)
        input = input.lowerBound + step.taken..<input.upperBound
        taken += Int64(step.taken)
        mayHaveMore = step.given == output.count && !codec.isBetweenParts
        if step.given > 0 { return .bytes(step.given) }
        if step.taken == 0 { break }
      } catch {
        throw UnpackingFault(
          format: format, reason: .damaged(error.text), offset: taken + Int64(error.taken))
      }
    }
    guard isInputComplete else { return .needsInput }
    guard codec.isBetweenParts else {
      throw UnpackingFault(format: format, reason: .cutShort, offset: taken)
    }
    return .end
  }
}

extension Unpacker {
  /// The content of a file that is in memory, up to a number of bytes and perhaps some more.
  public static func content(
    of packed: [UInt8], _ format: PackedFormat, upTo limit: Int
  ) throws(UnpackingFault) -> [UInt8] {
    try packed.withUnsafeBufferPointer { packed throws(UnpackingFault) in
      let unpacker = Unpacker(format, beginning: UnsafeRawBufferPointer(packed))
      let place = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
      defer { place.deallocate() }
      var content: [UInt8] = []
      while content.count <= limit {
        switch try unpacker.unpack(into: place) {
        case .bytes(let count): content += place[..<count]
        case .needsInput: unpacker.put(0)
        case .end: return content
        }
      }
      return content
    }
  }
}

/// A library that unpacks one format.
protocol Codec: AnyObject {
  /// Whether a part has just ended, and no other begun.
  var isBetweenParts: Bool { get }

  /// Unpacks some bytes; where it takes and gives nothing, it needs more than these.
  func step(
    _ packed: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CodecFault) -> (taken: Int, given: Int)
}

/// What a library says, and how many of the bytes it was given it had taken by then.
struct CodecFault: Error {
  var text: String
  var taken: Int
}
