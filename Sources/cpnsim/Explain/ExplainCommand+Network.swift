// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Session
internal import Simulator
internal import Text

// `cpnsim explain`, of what lies in the network: links, fibres, sites, demands, requests.

extension ExplainCommand {
  var limit: RowLimit { RowLimit(most: showsAll ? nil : rows) }

  /// What is known of the subject once the run has been lived through; an error where it has none of
  /// that name.
  private func known<Account>(
    _ names: @autoclosure () -> [String],
    _ live: ((RunProgress) -> Wish) throws -> Account?
  ) throws -> Account {
    if let account = try driven(drawsProgress: !isQuiet, live) { return account }
    throw UnknownSubject(
      folder: folder, subject: subject, name: id, near: nearestName(to: id, among: names()))
  }

  private func clock(_ replay: Replay, upTo end: SimTime? = nil) -> RunClock {
    RunClock(replay.model.computing.calendar, upTo: end ?? .zero + replay.span)
  }

  func explainLink(_ replay: Replay) throws -> String {
    let at = try instant.map { try checked($0, replay) }
    let account = try known(replay.linkNames) { try replay.account(ofLink: id, at: at, $0) }
    return LinkExplanation(
      link: account, clock: clock(replay, upTo: account.at), mostRows: limit.most
    ).text(as: format)
  }

  func explainSite(_ replay: Replay) throws -> String {
    let at = try instant.map { try checked($0, replay) }
    let account = try known(replay.siteNames) { try replay.account(ofSite: id, at: at, $0) }
    return SiteExplanation(site: account, clock: clock(replay), limit: limit)
      .text(as: format)
  }

  func explainDemand(_ replay: Replay) throws -> String {
    let history = try known(replay.demandNames) { try replay.history(ofDemand: id, $0) }
    return DemandExplanation(demand: history, clock: clock(replay), limit: limit)
      .text(as: format)
  }

  func explainRequest(_ replay: Replay) throws -> String {
    let account = try known(replay.requestNames) { try replay.account(ofRequest: id, $0) }
    return RequestExplanation(request: account, clock: clock(replay)).text(as: format)
  }

  func explainFibre(_ replay: Replay) throws -> String {
    let at = try instant.map { try checked($0, replay) }
    let account = try known(replay.fibreNamesOfPlant) {
      try replay.account(ofFibre: id, at: at, $0)
    }
    return FibreExplanation(fibre: account, clock: clock(replay), limit: limit)
      .text(as: format)
  }
}
