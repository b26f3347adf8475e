// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

// The steps of the day: what became of tokens is told step by step.

extension Tokens {
  func planStep(_ index: Int) {
    let plan = model.tokens[index].plan
    let begin = max(now, plan.traffic.start)
    guard begin < plan.traffic.stop else { return }
    let end = plan.end(ofStepAt: begin)
    if end <= horizon { world.queue.push(.tokens(.stepEnds(traffic: Int32(index))), at: end) }
  }

  /// A step of the day is over for a token traffic: tells what became of its tokens.
  func tokenStepEnds(_ index: Int) throws(RunError) {
    try closeTokenStep(of: index)
    planStep(index)
  }

  /// Ends the steps that are under way where the run stands.
  func closeTokenSteps() throws(RunError) {
    for index in books.indices { try closeTokenStep(of: index) }
  }

  private func closeTokenStep(of index: Int) throws(RunError) {
    try world.tell(.accountsAreRead)
    bookTokens()
    guard let step = books[index].closeStep(model.tokens[index].plan) else { return }
    try write(step, of: model.tokens[index].plan)
  }

  /// Books what became of all tokens up to now, right behind the demands that carry them.
  func bookTokens() {
    for index in books.indices {
      books[index].book(to: now, model.tokens[index], world.loss.demands)
    }
  }
}
