// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// The bits that a demand sends until an instant: its rate times its factors, part by part of
/// the day.
func offered(_ demand: Demand, until end: SimTime) -> Double {
  let from = demand.start.nanoseconds
  let to = min(demand.stop.nanoseconds, end.nanoseconds)
  guard to > from else { return 0 }
  let factors = demand.daily.isEmpty ? [1] : demand.daily
  return demand.rate.value * curveTime(factors, from: from, to: to)
}

/// The seconds between two instants, each counted by the factor of its part of the day.
func curveTime(_ factors: [Double], from: Int64, to: Int64, weekly: [Double] = []) -> Double {
  let day: Int64 = 86_400_000_000_000
  let length = day / Int64(factors.count)
  var sum = 0.0
  var now = from
  while now < to {
    let next = min(to, (now / length + 1) * length)
    let ofWeek = weekly.isEmpty ? 1 : weekly[Int(now / day % 7)]
    sum += Double(next - now) / 1e9 * ofWeek * factors[Int(now % day / length)]
    now = next
  }
  return sum
}
