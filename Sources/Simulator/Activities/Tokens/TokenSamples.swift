// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
private import Glibc
internal import NetworkModel
internal import Results
internal import Scheduling
internal import Statistics
internal import Traffic

/// The single requests of a run that are simulated one by one, for the tails of their delays.
struct TokenSamples {
  /// One entry a token traffic that asks for samples.
  var samplers: [(tokens: Int, sampler: TokenSampler)] = []
  var delays = QuantileSketch()
  var lost = 0
  /// What each packet meets on its way.
  var chance: RandomStream
  /// Which site serves each.
  var sites: RandomStream

  init(_ model: Model) {
    chance = RandomStream(seed: model.seed, name: "tokens/sample/way")
    sites = RandomStream(seed: model.seed, name: "tokens/sample/site")
    for (index, traffic) in model.tokens.enumerated() where traffic.sample > 0 {
      samplers.append((index, TokenSampler(traffic, seed: model.seed)))
    }
  }

  var count: Int { delays.count + lost }

  /// How long a packet waits on a link, drawn.
  ///
  /// A packet waits with the probability that the link is busy, and then exponentially, so long
  /// that the mean is that of the link's queue: exact for packets of exponential size, and close in
  /// the tail for others.
  mutating func wait(mean_s: Double, busy: Double, longest_s: Double) -> Double {
    let isBusy = chance.nextUniform() < busy
    let draw = -log1p(-chance.nextUniform())
    return isBusy && busy > 0 ? min(longest_s, draw * mean_s / busy) : 0
  }
}

extension Tokens {
  func planSample(_ index: Int) {
    let end = horizon < .distantFuture ? horizon + SimDuration(nanoseconds: 1) : horizon
    guard let instant = samples.samplers[index].sampler.nextInstant(before: end) else { return }
    world.queue.push(.tokens(.requestIsSampled(traffic: Int32(index))), at: instant)
  }

  /// A request for tokens is followed on its way there and back, unless it is refused.
  func requestIsSampled(_ index: Int) throws(RunError) {
    let request = samples.samplers[index].sampler.nextRequest()
    let book = books[samples.samplers[index].tokens]
    planSample(index)
    guard let stream = stream(of: request, book) else { return }
    let (up, down) = routes(of: stream)
    if let up, let down {
      samples.delays.add(up + down)
    } else {
      samples.lost += 1
    }
    let traffic = book.traffic
    try tables.samples?.append(
      SamplesTable.Row(
        instant: now, traffic: traffic.name, service: traffic.services[request.service].name,
        source: traffic.sources[request.source].node,
        site: traffic.sites[stream.place.site].node, inputTokens: request.inputTokens,
        outputTokens: request.outputTokens, up_s: up, down_s: down))
  }

  /// The stream that a request is one of, drawn by the parts that go to each site; nil where it is
  /// refused.
  private func stream(of request: SampledRequest, _ book: TokenBook) -> TokenStream? {
    guard let answer = book.answer else { return nil }
    let parts = answer.parts[request.source][request.service]
    let refused = answer.refused[request.source][request.service]
    var draw = samples.sites.nextUniform() * parts.reduce(refused, +) - refused
    guard draw >= 0 else { return nil }
    var last: Int?
    for (site, part) in parts.enumerated() where part > 0 {
      last = site
      if draw < part { break }
      draw -= part
    }
    return last.flatMap {
      book.stream(.init(source: request.source, service: request.service, site: $0))
    }
  }

  /// The delay of its first packet each way; nil where that is lost.
  private func routes(of stream: TokenStream) -> (up: Double?, down: Double?) {
    guard !stream.used.isEmpty else { return (0, 0) }
    // The nodes of a site are as likely as each other.
    let count = stream.used.count
    let draw = count > 1 ? samples.chance.nextUniform() : 0
    let pair = stream.carriers[stream.used[min(count - 1, Int(draw * Double(count)))]]
    return (delay(onDemand: pair.up), delay(onDemand: pair.down))
  }

  private func delay(onDemand index: Int) -> Double? {
    var delay_s = 0.0
    var passes = 1.0
    for link in world.loss.demands[index].route?.links ?? [] {
      let place = Int(link.index)
      let quality = world.loss.links[
        world.loss.levels.place(of: link, for: world.loss.demands[index].demand.trafficClass)]
      passes *=
        world.loss.links[place].isDown ? 0 : (1 - quality.noise) * (1 - quality.overload)
      let capacity = world.links.effectiveCapacity(of: place)
      let port = model.topology[link].port
      let service_s = capacity > 0 ? port.packet.bits / capacity : 0
      let waiting_s = max(0, quality.delay_s - service_s)
      let wait = samples.wait(
        mean_s: waiting_s, busy: busyPart(of: place),
        longest_s: capacity > 0 ? port.buffer.bits / capacity : 0)
      delay_s += world.flowClasses.delays[place].seconds + service_s + wait
    }
    return samples.chance.nextUniform() < passes ? delay_s : nil
  }

  /// The part of the time in which a link sends something.
  private func busyPart(of link: Int) -> Double {
    let capacity = world.links.effectiveCapacity(of: link)
    guard capacity > 0 else { return 0 }
    let flows = world.loss.levels.places(of: link).reduce(0) { $0 + world.loss.elastic[$1] }
    return min(1, (world.loss.taken[link] + flows) / capacity)
  }

  /// Adds what the sampled requests met.
  ///
  /// Refused requests are not among them: beside their delays stands the part of all that was
  /// served.
  func describeSamples(_ outcomes: [TokenOutcome], in table: inout SummaryTable) {
    guard !samples.samplers.isEmpty else { return }
    table.add("sampled_requests", Double(samples.count))
    table.add("sampled_requests_lost", Double(samples.lost), showing: .unlessZero)
    table.add("sampled_served_share", servedShareOfSampled(outcomes))
    Spread(samples.delays).describe(as: "sampled_delay", unit: "s", in: &table)
    table.add("sampled_delay_p999", samples.delays.quantile(0.999) ?? .nan, unit: "s")
  }

  /// The part of all requests that was served, of the traffic that is sampled.
  private func servedShareOfSampled(_ outcomes: [TokenOutcome]) -> Double {
    var (offered, served) = (0.0, 0.0)
    for traffic in model.tokens where traffic.sample > 0 {
      for service in traffic.services {
        let some = outcomes.lazy.filter { $0.traffic == traffic.name && $0.service == service.name }
        let account = TokenAccount.total(of: some)
        offered += account.offered / service.tokensPerRequest
        served += account.served / service.tokensPerRequest
      }
    }
    return offered > 0 ? served / offered : .nan
  }
}
