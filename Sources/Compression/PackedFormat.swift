// SPDX-License-Identifier: GPL-3.0-or-later

/// A format of packed files that is read like the text inside, known by its first bytes.
public enum PackedFormat: String, CaseIterable, Sendable {
  case gzip
  case zstd

  /// So many bytes tell the format of a file; a shorter file is not packed.
  public static let signatureLength = 4

  /// The format of a file that begins like this; nil where it is none of these.
  public init?(signature: some Collection<UInt8>) {
    let start = Array(signature.prefix(Self.signatureLength))
    guard start.count == Self.signatureLength else { return nil }
    switch (start[0], start[1], start[2], start[3]) {
    case (0x1F, 0x8B, _, _): self = .gzip
    case (0x28, 0xB5, 0x2F, 0xFD): self = .zstd
    // A frame to be skipped, with which some programs begin a file of Zstandard.
    case (0x50...0x5F, 0x2A, 0x4D, 0x18): self = .zstd
    default: return nil
    }
  }

  /// What its independent parts are called; a file may have several, one behind the other.
  var part: String {
    switch self {
    case .gzip: "gzip member"
    case .zstd: "Zstandard frame"
    }
  }
}

/// A format of packed files that is known, and not read.
public enum ForeignContainer {
  /// The name of the format of a file that begins like this, with its article.
  public static func name(of start: some Collection<UInt8>) -> String? {
    let signatures: [(start: [UInt8], name: String)] = [
      ([0x50, 0x4B, 3, 4], "a zip file"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz file"),
      // Three letters alone could begin a text; a number and the digits of pi follow.
      (Array("BZh".utf8), "a bzip2 file"),
    ]
    guard let found = signatures.first(where: { start.starts(with: $0.start) }) else { return nil }
    guard found.start.count == 3 else { return found.name }
    return start.dropFirst(4).starts(with: [0x31, 0x41, 0x59]) ? found.name : nil
  }
}

/// Why a packed file can't be read to its end.
public struct UnpackingFault: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Reason: Equatable, Sendable {
    /// There should be more of it.
    case cutShort
    /// What the library that unpacks it says of it.
    case damaged(String)
  }

  public var format: PackedFormat
  public var reason: Reason
  /// How many bytes of the file as it is stored were taken by then.
  public var offset: Int64

  public var description: String {
    switch reason {
    case .cutShort:
      "the file ends in the middle of a \(format.part), at its byte \(offset); expected a file that "
        + "was packed and copied to its end"
    case .damaged(let text):
      "found a damaged \(format.part) at byte \(offset) of the file: \(text)"
    }
  }
}
