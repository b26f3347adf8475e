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
    EmbeddedTable("accelerators", PackageResources.accelerators_csv).map { Accelerator($0) }
  }

  public static func builtIn(named name: String) -> Accelerator? {
    builtIn().first { $0.name == name }
  }

  private init(_ row: EmbeddedTable.Row) {
    name = row.text("accelerator")
    bf16 = row.number("bf16_dense_tflops") * 1e12
    eightBit = row.number("fp8_int8_dense_tops") * 1e12
    interconnect = BitsPerSecond(row.number("link_gb_per_s") / 2 * 8e9)
    source = row.text("source")
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
