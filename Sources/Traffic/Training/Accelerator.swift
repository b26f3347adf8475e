// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// A kind of accelerator: how fast it computes, and how it is joined to others of its host.
public struct Accelerator: Equatable, Sendable {
  public var name: String
  /// Operations a second without sparsity, in bfloat16.
  public var bf16: Double
  /// The same in 8 bits, floating or not.
  public var eightBit: Double
  /// What it sends to others of its host and receives at once: half of what is quoted for both.
  public var interconnect: BitsPerSecond
  /// Where the figures come from.
  public var source: String

  /// The types that come with the program, from its table of accelerators.
  public static func builtIn() -> [Accelerator] {
    let text = String(decoding: PackageResources.accelerators_csv, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      guard let accelerator = Accelerator(row: line) else {
        preconditionFailure("the table of accelerators has a row that is none: \(line)")
      }
      return accelerator
    }
  }

  public static func builtIn(named name: String) -> Accelerator? {
    builtIn().first { $0.name == name }
  }

  /// Reads a row of the table; no field of it holds a comma.
  private init?(row: Substring) {
    let fields = row.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == 6, let bf16 = Double(fields[1]), let eightBit = Double(fields[2]),
      let link_GBps = Double(fields[3])
    else { return nil }
    name = String(fields[0])
    self.bf16 = bf16 * 1e12
    self.eightBit = eightBit * 1e12
    interconnect = BitsPerSecond(link_GBps / 2 * 8e9)
    source = String(fields[4])
  }

  /// Its operations a second in a precision.
  public func peak(_ precision: Precision) -> Double {
    switch precision {
    case .bf16: bf16
    case .fp8: eightBit
    }
  }
}

/// What the matrices of a model are multiplied in; what crosses the network has 16 bits in both.
public enum Precision: String, CaseIterable, Sendable {
  case bf16
  case fp8
}
