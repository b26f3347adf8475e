// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling

/// A program outside that says how much power the sites of pools may take.
///
/// Before it is asked it is told what has changed of prices, cooling and work since the last time.
final class PowerOutside {
  private let seam: OutsideSeam
  private let pools: [PoolDesign]
  private let positions: [String: Int]
  private var told: [Int: PowerPool] = [:]
  private var nextCall = SimTime(nanoseconds: .min)

  init(_ seam: OutsideSeam, _ pools: [PoolDesign]) {
    self.seam = seam
    self.pools = pools
    positions = Dictionary(
      uniqueKeysWithValues: pools.enumerated().filter { $0.1.power.full > 0 }.map {
        ($0.1.identifier, $0.0)
      })
  }

  struct Answer {
    /// By position of the pool.
    var limits: [(pool: Int, watts: Double?)] = []
    var callAt: SimTime?
  }

  func ask(_ question: PowerQuestion) throws(RunError) -> Answer {
    let news = question.pools.filter { told[$0.pool] != $0 }
    let reply: PowerReply = try seam.ask(at: question.instant, parts: question.pools.count) {
      tell(news, at: question.instant, to: &$0)
    } question: { _ in
    }
    for pool in news { told[pool.pool] = pool }
    var answer = Answer()
    var known: Set<Int> = []
    for limit in reply.limits {
      guard let pool = positions[limit.pool] else {
        throw seam.wrong(
          "found the pool \"\(limit.pool)\", expected one whose power is known")
      }
      guard known.insert(pool).inserted else {
        throw seam.wrong("found the pool \"\(limit.pool)\" twice, expected each once")
      }
      if let watts = limit.watts, !(watts >= 0) {
        throw seam.wrong("found \(watts) W for \"\(limit.pool)\", expected 0 W or more")
      }
      answer.limits.append((pool, limit.watts))
    }
    if let call = try seam.call(at: reply.callAt, after: question.instant), call != nextCall {
      nextCall = call
      answer.callAt = call
    }
    return answer
  }

  private func tell(_ news: [PowerPool], at now: SimTime, to writer: inout MessageWriter) {
    guard !news.isEmpty else { return }
    writer.member("{\"type\":\"changed\",\"t\":", now.nanoseconds)
    writer.raw(",\"power\":")
    writer.list(news) { pool, writer in
      let before = told[pool.pool]
      writer.member("{\"pool\":", pools[pool.pool].identifier)
      if before?.price_yuan_kWh != pool.price_yuan_kWh {
        writer.raw(",\"yuan_per_kwh\":")
        writer.number(pool.price_yuan_kWh)
      }
      if before?.pue != pool.pue {
        writer.raw(",\"pue\":")
        writer.number(pool.pue)
      }
      if before?.running != pool.running { writer.member(",\"running\":", Int64(pool.running)) }
      if before?.waiting != pool.waiting { writer.member(",\"waiting\":", Int64(pool.waiting)) }
      writer.raw("}")
    }
    writer.raw("}")
    writer.endLine()
  }
}

extension Computing {
  /// Has the program say how much power pools may take that does.
  func enlistPower() {
    guard let command = model.computing.powerProgram else { return }
    let seam = world.programs.seam("power", by: command, telling: PlacementHello(model).parts())
    powerOutside = PowerOutside(seam, model.computing.pools)
  }
}
