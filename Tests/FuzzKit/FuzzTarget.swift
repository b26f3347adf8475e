// SPDX-License-Identifier: GPL-3.0-or-later

/// A reader of what users bring, fed with any bytes.
///
///     let flaw = FuzzTarget(named: "json")?.flaw(in: bytes)
///
/// A reader may refuse; it may not trap, hang, or read another thing the second time.
public struct FuzzTarget: Sendable {
  public let name: String
  /// The length in bytes from which an input tells nothing more and only takes time.
  public let longest: Int
  /// What such inputs are made of, as a fuzzer would hardly find it letter by letter.
  public let words: [String]
  /// What can't be of what the reader made of some bytes; nil where all is well.
  private let read: @Sendable ([UInt8]) -> String?

  public static let all = [
    yaml, settings, json, graphml, sndlibXML, sndlibNative, topohub, packed, flowTrace,
    requestTrace, jobTrace, swfTrace, batsimTrace, circuits, fleet, manifest, scenario, check,
    policies,
  ]

  public init?(named name: String) {
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else { return nil }
    self = target
  }

  init(
    _ name: String, longest: Int, words: [String] = [],
    read: @escaping @Sendable ([UInt8]) -> String?
  ) {
    self.name = name
    self.longest = longest
    self.words = words
    self.read = read
  }

  public func flaw(in bytes: [UInt8]) -> String? { read(bytes) }

  /// The words as a dictionary of libFuzzer: one a line in quotes, in hexadecimal where need be.
  public var dictionary: String {
    words.map { word in
      let letters = word.utf8.map { byte in
        let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != 0x5C
        let digits = String(byte, radix: 16)
        return isPlain
          ? String(Unicode.Scalar(byte)) : "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
      return "\"\(letters.joined())\"\n"
    }.joined()
  }
}
