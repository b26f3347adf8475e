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
  /// What it remembers by itself, in 10^9 bytes.
  public var memory_GB: Double
  /// How fast it reads what it remembers, in 10^12 bytes a second.
  public var memory_TB_s: Double
  /// What one of its host's accelerators takes at full load, with its part of the host.
  public var full_W: Double
  /// The same while it waits: modelled, a quarter of full.
  public var idle_W: Double
  /// Tokens that it takes in a second while it gives none out; nil where none is known.
  public var prefill_tokens_s: Double?
  /// Tokens that it gives out a second while it takes none in; nil where none is known.
  public var decode_tokens_s: Double?
  /// Where the figures come from.
  public var source: String
  /// Where those of its power come from.
  public var powerSource: String
  /// Where those of its tokens come from; nil where there are none.
  public var tokenSource: String?

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
    memory_GB = row.number("memory_gb")
    memory_TB_s = row.number("memory_tb_per_s")
    full_W = row.number("full_W")
    idle_W = row.number("idle_W")
    prefill_tokens_s = row.optionalNumber("prefill_tokens_per_s")
    decode_tokens_s = row.optionalNumber("decode_tokens_per_s")
    source = row.text("source")
    powerSource = row.text("power_source")
    tokenSource = row.optionalText("token_source")
  }

  /// Its operations a second in a precision.
  public func peak(_ precision: Precision) -> Double {
    switch precision {
    case .bf16: bf16
    case .fp8: eightBit
    }
  }

  /// What it takes at a load from 0, while it waits, to 1, at full load: linear between them.
  public func power_W(load: Double) -> Double { idle_W + (full_W - idle_W) * load }
}

/// What the matrices of a model are multiplied in; what crosses the network has 16 bits in both.
public enum Precision: String, CaseIterable, Sendable {
  case bf16
  case fp8
}
