// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Statistics

/// The answers of a generator at work, from streams of their own.
struct AnswerState {
  private let sizes: Sampler?
  private let proportion: Double
  private let pauses: Sampler?
  private let routes: [Int]
  private var sizeStream: RandomStream
  private var pauseStream: RandomStream

  /// Sets answers to their start; `stream` begins the names of the generator's streams.
  init(_ answers: Answers, seed: UInt64, stream: String) {
    switch answers.sizes {
    case .drawn(let distribution): (sizes, proportion) = (Sampler(distribution), 1)
    case .inProportion(let factor): (sizes, proportion) = (nil, factor)
    }
    pauses = answers.pause.map(Sampler.init)
    routes = answers.routes
    sizeStream = RandomStream(seed: seed, name: stream + "answers")
    pauseStream = RandomStream(seed: seed, name: stream + "pauses")
  }

  /// Draws what answers so many bytes over a route, by its place.
  mutating func next(to bytes: Double, from place: Int) -> GeneratedFlow.Answer {
    let size = sizes.map { $0.next(using: &sizeStream) } ?? bytes * proportion
    let seconds = pauses.map { $0.next(using: &pauseStream) } ?? 0
    return GeneratedFlow.Answer(
      bytes: max(1, size.rounded()),
      // One that can't be represented is past the end of any run.
      pause: SimDuration(seconds: seconds) ?? SimDuration(nanoseconds: .max),
      route: routes[place])
  }
}
