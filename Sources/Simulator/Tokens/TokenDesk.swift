// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

/// What a run knows of its tokens: what became of them so far, and the requests that are sampled.
struct TokenDesk {
  /// One entry a token traffic.
  var books: [TokenBook]
  var samples: TokenSamples

  init(_ model: Model) {
    books = model.tokens.map { TokenBook($0) }
    samples = TokenSamples(model)
  }
}

extension Run {
  /// Plans the end of the first step of each token traffic, and its first sampled request.
  func planTokens() {
    for index in tokens.books.indices { planStep(index) }
    planSamples()
  }

  private func planStep(_ index: Int) {
    let plan = model.tokens[index].plan
    let begin = max(now, plan.traffic.start)
    guard begin < plan.traffic.stop else { return }
    let end = plan.end(ofStepAt: begin)
    if end <= horizon { queue.push(.tokenStepEnds(traffic: Int32(index)), at: end) }
  }

  /// A step of the day is over for a token traffic: tells what became of its tokens.
  func tokenStepEnds(_ index: Int) throws(RunError) {
    try closeTokenStep(of: index)
    planStep(index)
  }

  /// Ends the steps that are under way where the run stands.
  func closeTokenSteps() throws(RunError) {
    for index in tokens.books.indices { try closeTokenStep(of: index) }
  }

  private func closeTokenStep(of index: Int) throws(RunError) {
    bookDemands()
    bookTokens()
    guard let step = tokens.books[index].closeStep(model.tokens[index].plan) else { return }
    try write(step, of: model.tokens[index].plan)
  }

  /// Books what became of all tokens up to now, right behind the demands that carry them.
  func bookTokens() {
    for index in tokens.books.indices {
      tokens.books[index].book(to: now, model.tokens[index], loss.demands)
    }
  }

  /// Whether tokens are still to come where the run has no horizon of its own.
  var expectsTokens: Bool { model.tokens.contains { $0.plan.traffic.stop > now } }
}
