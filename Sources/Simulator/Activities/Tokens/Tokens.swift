// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

/// Requests for tokens: what became of them, and those that are followed one by one.
final class Tokens: Activity {
  let world: World
  let tables: TokenTables
  /// Where the tokens of each traffic go, and what became of them so far.
  var books: [TokenBook]
  var samples: TokenSamples
  /// By traffic: its engines; nil where nobody asks what requests wait for.
  var rooms: [TokenEngineRoom?]
  var waitBook = TokenWaitBook()
  /// By traffic: the program that says where its tokens go, in place of its policy.
  var outside: [Int: TokensOutside] = [:]
  /// The watch on a site, if there is one.
  var watch: TokenSiteProbe?
  /// Whether routes are looked at before this instant is over.
  var isLookPlanned = false

  init(_ world: World) {
    self.world = world
    tables = TokenTables(world.outputs)
    books = world.model.tokens.map { TokenBook($0, of: world.model) }
    samples = TokenSamples(world.model)
    rooms = world.model.tokens.map { TokenEngineRoom($0, seed: world.model.seed) }
  }

  /// Places each token traffic for the first time, and plans its first sampled request.
  func begin() throws(RunError) {
    for index in books.indices { try beginPlacing(index) }
    for index in samples.samplers.indices { planSample(index) }
  }

  func handle(_ event: TokenEvent) throws(RunError) {
    switch event {
    case .requestIsSampled(let traffic): try requestIsSampled(Int(traffic))
    case .stepBegins(let traffic): try stepBegins(of: Int(traffic))
    case .routesAreChecked: routesAreChecked()
    case .routesChanged(let traffic), .policyIsCalled(let traffic): try place(Int(traffic))
    }
  }

  /// Whether no tokens are to come where the run has no horizon of its own; samples are looks at
  /// the run, which they do not keep going.
  var isOver: Bool { !model.tokens.contains { $0.stop > now } }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    try closeTokenSteps()
    let tokens = tokenOutcomes()
    let sites = tokenSiteOutcomes()
    try writeTokens(tokens)
    describe(tokens, at: sites, in: &outcome.summary)
    describeWaits(in: &outcome.summary)
    describeSamples(tokens, in: &outcome.summary)
    outcome.sections.add(shownServices(tokens), rank: 30)
    show(tokens, at: sites, in: &outcome.sections)
    outcome.refusedTokens = refusedTokens(tokens)
  }
}

enum TokenEvent: RunEvent {
  /// A request for tokens is simulated by itself.
  case requestIsSampled(traffic: Int32)
  /// A step of the day begins for a token traffic, or it ends: what is asked for is placed.
  case stepBegins(traffic: Int32)
  /// Links have changed: are the routes of tokens still what they were?
  case routesAreChecked
  /// They are not: what a traffic asks for is placed anew.
  case routesChanged(traffic: Int32)
  /// A policy outside wants to be asked again.
  case policyIsCalled(traffic: Int32)

  var mark: EventMark? {
    switch self {
    case .requestIsSampled(let traffic): EventMark(50, traffic)
    case .stepBegins(let traffic): EventMark(51, traffic)
    case .routesChanged(let traffic): EventMark(52, traffic)
    case .policyIsCalled(let traffic): EventMark(53, traffic)
    // A look at the run, and no part of it.
    case .routesAreChecked: nil
    }
  }
}

/// The tables of tokens.
struct TokenTables {
  let tokens: TableWriter<TokensTable>?
  let sites: TableWriter<TokenSitesTable>?
  let waits: TableWriter<TokenWaitsTable>?
  let samples: TableWriter<SamplesTable>?

  init(_ tables: RunTables) {
    tokens = tables.writer(of: TokensTable.self)
    sites = tables.writer(of: TokenSitesTable.self)
    waits = tables.writer(of: TokenWaitsTable.self)
    samples = tables.writer(of: SamplesTable.self)
  }
}
