// SPDX-License-Identifier: GPL-3.0-or-later
internal import Policies
internal import Scheduling
internal import Traffic

/// Holds what a program says of tokens to what can be.
///
/// All that is asked for goes somewhere or is refused, once; nothing goes where no way leads, and no
/// site is given more than it has time for.
struct TokensCheck {
  let seam: OutsideSeam
  let question: TokenQuestion
  let traffic: TokenTraffic

  /// What rounding may leave of a whole.
  private static let rounding = 1e-9

  func answer(_ reply: TokensReply) throws(RunError) -> TokenAnswer {
    let sites = question.sites.count
    // Behind the sites stands what is refused.
    var parts = question.asked.map { $0.map { _ in [Double?](repeating: nil, count: sites + 1) } }
    for part in reply.parts {
      let (source, site) = (try source(part.from), try site(part.to) ?? sites)
      for service in try services(part.service) {
        guard parts[source][service][site] == nil else {
          throw seam.wrong(
            "found \"\(part.from)\" to \(part.to.map { "\"\($0)\"" } ?? "nowhere") twice, expected "
              + "one part")
        }
        if site < sites, part.part > 0, question.delays[source][site] == nil {
          throw seam.wrong(
            "found a part of \"\(part.from)\" to \"\(question.sites[site].node)\", where no way "
              + "leads, expected another site")
        }
        parts[source][service][site] = part.part
      }
    }
    let whole = parts.map { $0.map { $0.map { $0 ?? 0 } } }
    try checkSums(whole)
    let answer = TokenAnswer(
      parts: whole.map { $0.map { Array($0.dropLast()) } },
      refused: whole.map { $0.map { $0[sites] } })
    try checkRoom(answer)
    return answer
  }

  private func checkSums(_ parts: [[[Double]]]) throws(RunError) {
    for (source, services) in parts.enumerated() {
      for (service, parts) in services.enumerated() where question.asked[source][service] > 0 {
        let sum = parts.reduce(0, +)
        guard abs(sum - 1) > Self.rounding else { continue }
        throw seam.wrong(
          "found parts of \"\(traffic.sources[source].node)\" for "
            + "\"\(traffic.services[service].name)\" that add up to \(sum), expected 1, with what is "
            + "refused")
      }
    }
  }

  private func checkRoom(_ answer: TokenAnswer) throws(RunError) {
    for (site, use) in zip(question.sites, question.uses(by: answer))
    where use > 1 + Self.rounding {
      throw seam.wrong(
        "found \(use) times what the site \"\(site.node)\" can serve, expected 1 at most")
    }
  }

  private func source(_ name: String) throws(RunError) -> Int {
    if let source = traffic.sources.firstIndex(where: { $0.node == name }) { return source }
    throw seam.wrong("found a part of \"\(name)\", expected one of the sources of the greeting")
  }

  private func site(_ name: String?) throws(RunError) -> Int? {
    guard let name else { return nil }
    if let site = traffic.sites.firstIndex(where: { $0.node == name }) { return site }
    throw seam.wrong("found the site \"\(name)\", expected one of those of the greeting")
  }

  private func services(_ name: String?) throws(RunError) -> [Int] {
    guard let name else { return Array(traffic.services.indices) }
    if let service = traffic.services.firstIndex(where: { $0.name == name }) { return [service] }
    throw seam.wrong("found the service \"\(name)\", expected one of those of the greeting")
  }
}
