// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

// Why a link is as full as it is, in sentences.

extension LinkExplanation {
  var sentences: [String] {
    switch link.state {
    case .down: return link.causes.map(down)
    case .idle: return ["Nothing crosses it."]
    case .full, .used: break
    }
    guard !link.causes.isEmpty else { return [lead + "."] }
    return [lead + ":"] + link.causes.map { "- " + sentence($0) }
  }

  /// Since when, and what it was before.
  private var lead: String {
    let state = "\(formatted(percentOf: link.use)) of it is used"
    let mean = "\(formatted(percentOf: link.useSince)) on average"
    guard let before = link.before else {
      let span =
        link.since == .zero ? "since the start of the run" : "since \(clock.text(link.since))"
      let most = link.causes.isEmpty ? "" : ". Most of that is"
      return "\(state), \(mean) \(span), and never clearly less\(most)"
    }
    let then = "from \(clock.text(before.from)) to \(clock.text(before.to))"
    let rest = before.use > link.useSince ? ". What is left is" : ". What came since is"
    return "\(state), and \(mean) since \(clock.text(link.since)); \(then) it was "
      + "\(formatted(percentOf: before.use))" + (link.causes.isEmpty ? "" : rest)
  }

  private func down(_ cause: LinkCause) -> String {
    let since = cause.at.map { "since \(clock.text($0))" } ?? "from the start"
    return "It is down \(since)\(event(cause))."
  }

  private func sentence(_ cause: LinkCause) -> String {
    let share = formatted(percentOf: cause.share)
    let rates = "\(rate(cause.rate)), \(rate(cause.rateBefore)) before"
    let most = cause.pair.map { ", most of it \($0)" } ?? ""
    let when = cause.at.map { " since \(clock.text($0))" } ?? ""
    switch cause.kind {
    case .down: return down(cause)
    case .capacity:
      return "\(share) that the link itself carries less\(when)\(event(cause)): \(rates)."
    case .back:
      let times = [cause.at, cause.until].compactMap { $0.map { clock.text($0) } }
      return
        "\(share) that it is back: it was down from \(times.joined(separator: " to "))\(event(cause)), "
        + "and carries \(rate(cause.rate)) again."
    case .detour:
      guard let at = cause.at, let until = cause.until else {
        return "\(share) a detour: \(cause.subject) is down\(when)\(event(cause)), and its traffic "
          + "comes this way, \(rates)\(most)."
      }
      return
        "\(share) a detour, which is over: \(cause.subject) was down from \(clock.text(at)) to "
        + "\(clock.text(until))\(event(cause)), and its traffic came this way, \(rates)\(most)."
    case .start:
      let rates =
        link.before == nil ? rate(cause.rate) : "\(rate(cause.rate)), next to nothing before"
      return "\(share) \(cause.subject)\(when): \(rates)\(most)."
    case .steady: return "\(share) \(cause.subject): \(rate(cause.rate))\(most)."
    case .growth: return "\(share) growth of \(cause.subject): \(rates)\(most)."
    }
  }

  private func event(_ cause: LinkCause) -> String {
    cause.event.map { " (\($0))" } ?? ""
  }

  private func rate(_ value: Double) -> String { formatted(bitsPerSecond: max(0, value)) }
}
