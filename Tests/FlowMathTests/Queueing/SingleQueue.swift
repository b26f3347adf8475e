// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FlowMath

/// One queue by itself: columns of one.
extension QueueLaw {
  func answer(to load: QueueLoad) -> QueueAnswer {
    var queues = QueueColumns(count: 1)
    queues[0] = load
    queues.evaluate(self)
    return queues.answer(to: 0)
  }

  func longDelay(of load: QueueLoad) -> Double {
    var queues = QueueColumns(count: 1)
    queues[0] = load
    queues.evaluateLongDelays(self)
    return queues.longDelay(of: 0)
  }
}
