// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Queues state by state, slow and plain, for tests to compare the vector code with.
enum QueueReference {
  /// M/M/1/K by the weights of its states; loss, and the delay in services.
  ///
  /// - Complexity: O(K)
  static func mm1k(load: Double, places: Int) -> (loss: Double, sojourn: Double) {
    // The heaviest state gets weight 1, so that none overflows.
    var weights = [Double](repeating: 1, count: places + 1)
    if load <= 1 {
      for j in 0..<places { weights[j + 1] = weights[j] * load }
    } else {
      for j in (0..<places).reversed() { weights[j] = weights[j + 1] / load }
    }
    let accepted = weights.dropLast().reduce(0, +)
    let number = weights.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    return (weights[places] / (accepted + weights[places]), number / (load * accepted))
  }

  /// M/D/1/K by the chain at departures; loss, and the delay in services.
  ///
  /// Good for losses that are not tiny: they come out as a difference from 1.
  ///
  /// - Complexity: O(K^2)
  static func md1k(load: Double, places: Int) -> (loss: Double, sojourn: Double) {
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
    let loss = 1 - sum / (1 + load * sum)
    let number = weights.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    return (loss, (number + Double(places) * (1 - (1 - load) * sum)) / (load * sum))
  }
}
