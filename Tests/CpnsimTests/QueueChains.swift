// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Queues state by state, as textbooks have them: loss, and the mean delay in services.
enum QueueChains {
  /// M/M/1/K: the states have weights 1, r, r^2, ..., r^K.
  static func mm1k(load: Double, places: Int) -> (loss: Double, delay: Double) {
    // The heaviest has weight 1, so that none overflows.
    var weights = [1.0]
    for _ in 0..<places { weights.append(weights[weights.count - 1] * min(load, 1 / load)) }
    if load > 1 { weights.reverse() }
    let accepted = weights.dropLast().reduce(0, +)
    let number = weights.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    return (weights[places] / (accepted + weights[places]), number / (load * accepted))
  }

  /// M/D/1/K: the chain at departures.
  static func md1k(load: Double, places: Int) -> (loss: Double, delay: Double) {
    var arrivals = [exp(-load)]
    for k in 1...(places + 1) { arrivals.append(arrivals[k - 1] * load / Double(k)) }
    let more = arrivals.indices.map { k in max(0, 1 - arrivals[0...k].reduce(0, +)) }
    var weights = [1.0]
    for j in 0..<(places - 1) {
      var flow = more[j]
      for i in 0..<j { flow += weights[i + 1] * more[j - i] }
      weights.append(flow / arrivals[0])
    }
    let sum = weights.reduce(0, +)
    let loss = max(0, 1 - sum / (1 + load * sum))
    let number = weights.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    return (loss, (number + Double(places) * (1 - (1 - load) * sum)) / (load * sum))
  }
}
