// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

/// Requests for tokens: what became of them, and those that are followed one by one.
final class Tokens: Activity {
  let world: World
  let tables: TokenTables
  /// What became of the tokens of each traffic so far.
  var books: [TokenBook]
  var samples: TokenSamples

  init(_ world: World) {
    self.world = world
    tables = TokenTables(world.outputs)
    books = world.model.tokens.map { TokenBook($0) }
    samples = TokenSamples(world.model)
  }

  /// Plans the end of the first step of each token traffic, and its first sampled request.
  func begin() throws(RunError) {
    for index in books.indices { planStep(index) }
    for index in samples.samplers.indices { planSample(index) }
  }

  func handle(_ event: TokenEvent) throws(RunError) {
    switch event {
    case .requestIsSampled(let traffic): try requestIsSampled(Int(traffic))
    case .stepEnds(let traffic): try tokenStepEnds(Int(traffic))
    }
  }

  /// Whether no tokens are to come where the run has no horizon of its own; samples are looks at
  /// the run, which they do not keep going.
  var isOver: Bool { !model.tokens.contains { $0.plan.traffic.stop > now } }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    try closeTokenSteps()
    outcome.tokens = tokenOutcomes()
    outcome.tokenSites = tokenSiteOutcomes()
    outcome.tokenRefusals = tokenRefusals()
    try writeTokens(outcome.tokens)
    describe(outcome.tokens, at: outcome.tokenSites, in: &outcome.summary)
    describeSamples(outcome.tokens, in: &outcome.summary)
  }
}

enum TokenEvent: RunEvent {
  /// A request for tokens is simulated by itself.
  case requestIsSampled(traffic: Int32)
  /// A step of the day is over for a token traffic, and what became of its tokens is booked.
  case stepEnds(traffic: Int32)

  var mark: EventMark? {
    switch self {
    case .requestIsSampled(let traffic): EventMark(50, traffic)
    // A look at the run, and no part of it.
    case .stepEnds: nil
    }
  }
}

/// The tables of tokens.
struct TokenTables {
  let tokens: TableWriter<TokensTable>?
  let sites: TableWriter<TokenSitesTable>?
  let samples: TableWriter<SamplesTable>?

  init(_ tables: RunTables) {
    tokens = tables.writer(of: TokensTable.self)
    sites = tables.writer(of: TokenSitesTable.self)
    samples = tables.writer(of: SamplesTable.self)
  }
}
