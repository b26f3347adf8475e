// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import NetworkModel
internal import Results
internal import Scheduling
internal import Simulator
internal import Text
internal import Traffic

extension PoolListing {
  /// Of pools of a scenario, as a run has them.
  init(_ pools: [PoolDesign], of model: Model) {
    var listing = Listing([
      "pool", "identifier", "at", "owner", "accelerator", "count", "queue", "level", "joined",
      .init("idle W", "idle_w"), .init("full W", "full_w"), "tariff",
      .init("yuan/h", "price_yuan_h"),
    ])
    for pool in pools { listing.append(Self.cells(of: pool, at: model.topology[pool.node])) }
    self.listing = listing
    sums = [Self.sum(of: pools)]
  }

  /// A load by itself has no machines, and nothing that goes with them.
  private static func cells(of pool: PoolDesign, at node: String) -> [Cell] {
    let power = pool.power
    let tariff = power.hasTariff ? power.terms.tariff.name : ""
    let machines: [Cell] =
      pool.isLoad
      ? [.absent, .absent, .absent]
      : [.text(pool.accelerator), .count(pool.count), .text(pool.queueName)]
    let watts: [Cell] =
      power.full > 0 ? [.number(power.idle), .number(power.full)] : [.absent, .absent]
    return [.text(pool.name), .text(pool.identifier), .text(node), .known(pool.owner)] + machines
      + [.count(pool.level), .text(pool.isJoined ? "yes" : "no")] + watts
      + [.known(tariff), pool.price_yuan_h.map { .number($0) } ?? .absent]
  }

  /// Operations are known of built-in types only.
  private static func sum(of pools: [PoolDesign]) -> String {
    var (known, other, flops) = (0, 0, 0.0)
    let types = Accelerator.builtIn()
    for pool in pools where !pool.isLoad {
      if let type = types.first(where: { $0.name == pool.accelerator }) {
        known += pool.count
        flops += Double(pool.count) * type.bf16
      } else {
        other += pool.count
      }
    }
    let loads = pools.count(where: \.isLoad)
    var parts: [String] = []
    if known > 0 {
      parts.append("\(many(known, "accelerator")), \(exaflops(flops)) in half precision")
    }
    if other > 0 { parts.append(many(other, "machine") + " of other types") }
    if loads > 0 { parts.append(counted(loads, "load of electricity")) }
    let owners = Set(pools.map(\.owner).filter { !$0.isEmpty }).count
    return counted(pools.count, "pool") + (owners > 0 ? " of \(counted(owners, "owner")): " : ": ")
      + parts.joined(separator: ", ")
  }
}

extension PoolDesign {
  fileprivate var isLoad: Bool { count == 0 }
}

extension Cell {
  /// A name; nothing where there is none.
  fileprivate static func known(_ name: String) -> Cell { name.isEmpty ? .absent : .text(name) }
}
