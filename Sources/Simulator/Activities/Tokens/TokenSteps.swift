// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

// When tokens are placed: as each step of the day begins, and when routes have changed.

extension Tokens {
  /// Lays what is expected of a day and places what is asked for as soon as it is.
  func beginPlacing(_ index: Int) throws(RunError) {
    // Nobody outside is asked what it would do: all that is known of it is what it has done.
    if outside[index] == nil { layExpectedStreams(of: index) }
    let start = books[index].traffic.start
    if start <= now { return try stepBegins(of: index) }
    world.plan(.tokens(.stepBegins(traffic: Int32(index))), at: start)
  }

  /// A step of the day begins for a token traffic, or it ends.
  func stepBegins(of index: Int) throws(RunError) {
    try place(index)
    let traffic = books[index].traffic
    guard now < traffic.stop else { return }
    world.plan(.tokens(.stepBegins(traffic: Int32(index))), at: traffic.end(ofStepAt: now))
  }

  /// Links are not what they were: looks at all ways once the instant has brought what it brings.
  func routesMayChange() {
    guard !isLookPlanned, books.contains(where: { $0.answer != nil }) else { return }
    isLookPlanned = true
    world.queue.push(.tokens(.routesAreChecked), at: now)
  }

  /// Asks anew where routes are not those of the last answer.
  func routesAreChecked() {
    isLookPlanned = false
    for index in books.indices where books[index].answer != nil {
      guard standingRoutes(of: index) != books[index].routes else { continue }
      world.queue.push(.tokens(.routesChanged(traffic: Int32(index))), at: now)
    }
  }

  /// Asks where tokens go from now on, and sends them there.
  func place(_ index: Int) throws(RunError) {
    try closeTokenStep(of: index)
    let traffic = books[index].traffic
    guard now < traffic.stop else {
      watch?.noteEnd(of: index, at: now)
      return try world.ask.setDemands(books[index].rest())
    }
    let routes = standingRoutes(of: index)
    let question = books[index].question(at: now, inStep: traffic.step(at: now), routes)
    let answer = try answer(to: question, of: index)
    layStreams(of: index, question.rates(by: answer))
    watch?.note(answer, to: question, of: index)
    try world.ask.setDemands(
      books[index].follow(answer, to: question, over: routes, QuietLinks(world)))
  }

  /// Ends the steps that are under way where the run stands.
  func closeTokenSteps() throws(RunError) {
    for index in books.indices { try closeTokenStep(of: index) }
  }

  private func closeTokenStep(of index: Int) throws(RunError) {
    try world.tell(.accountsAreRead)
    bookTokens()
    guard let step = books[index].closeStep() else { return }
    try write(step, of: books[index].traffic)
    try lookAtEngines(step, of: index)
  }

  /// Books what became of all tokens up to now, right behind the demands that carry them.
  func bookTokens() {
    for index in books.indices { books[index].book(to: now, world.loss.demands) }
  }
}
