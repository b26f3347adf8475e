// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
package import EventKernel
package import Scheduling
package import Traffic

extension Model {
  /// What power comes to at each site of a token traffic in the step of the day that an instant is in,
  /// or in another step; nothing where no policy goes by it.
  package func tokenPower(
    of traffic: TokenTraffic, at instant: SimTime, inStep step: Int
  ) -> [TokenPower] {
    guard let terms = tokenTerms[traffic.name] else { return [] }
    let start = traffic.step(at: instant) == step ? instant : traffic.start(ofStep: step)
    let length = SimDuration(nanoseconds: 86_400_000_000_000 / Int64(traffic.steps))
    return terms.map { terms in
      let spend = terms.spend(itWatts: 1000, from: start, to: start + length)
      let hours = length.seconds / 3600
      return TokenPower(yuan: spend.yuan / hours, carbon_kg: spend.carbon_kg / hours)
    }
  }
}
