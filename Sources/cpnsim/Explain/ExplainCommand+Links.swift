// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Session
internal import Simulator
internal import Text

// `cpnsim explain`, of links, fibres and requests for lightpaths.

extension ExplainCommand {
  func explainLink(_ replay: Replay) throws -> String {
    let at = try instant.map { try checked($0, replay) }
    guard
      let account = try driven(
        drawsProgress: !isQuiet, { try replay.account(ofLink: id, at: at, $0) })
    else {
      throw UnknownSubject(
        folder: folder, subject: .link, name: id, near: nearestName(to: id, among: replay.linkNames)
      )
    }
    let clock = RunClock(replay.model.computing.calendar, upTo: account.at)
    return LinkExplanation(link: account, clock: clock, mostRows: showsAll ? nil : rows)
      .text(as: format)
  }

  func explainRequest(_ replay: Replay) throws -> String {
    guard
      let account = try driven(
        drawsProgress: !isQuiet, { try replay.account(ofRequest: id, $0) })
    else {
      throw UnknownSubject(
        folder: folder, subject: .request, name: id,
        near: nearestName(to: id, among: replay.requestNames))
    }
    let clock = RunClock(replay.model.computing.calendar, upTo: .zero + replay.span)
    return RequestExplanation(request: account, clock: clock).text(as: format)
  }

  func explainFibre(_ replay: Replay) throws -> String {
    let at = try instant.map { try checked($0, replay) }
    guard
      let account = try driven(
        drawsProgress: !isQuiet, { try replay.account(ofFibre: id, at: at, $0) })
    else {
      throw UnknownSubject(
        folder: folder, subject: .fibre, name: id,
        near: nearestName(to: id, among: replay.fibreNamesOfPlant))
    }
    let clock = RunClock(replay.model.computing.calendar, upTo: .zero + replay.span)
    return FibreExplanation(fibre: account, clock: clock, mostRows: showsAll ? nil : rows)
      .text(as: format)
  }
}
