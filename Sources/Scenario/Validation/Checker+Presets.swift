// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Statistics
internal import Traffic
internal import YAMLReader

// What a generator takes from a preset, unless it says so itself.

extension Checker {
  /// The preset of a generator; nil where it has none, or one that is unknown, which is reported.
  mutating func preset(of section: GenerateSection) -> WorkloadPreset? {
    guard let written = section.preset else {
      for (key, about, isGiven) in [
        ("arrivals", "When flows start.", section.arrivals != nil),
        ("sizes", "How large they are.", section.sizes != nil),
      ] where !isGiven {
        report("the key is missing: \(about)", at: section.origin, key: key)
      }
      return nil
    }
    guard let preset = WorkloadPreset.builtIn(named: written.value) else {
      let names = WorkloadPreset.builtIn().map(\.name)
      report(problems.unknown(written.value, kind: "preset", among: names), at: written)
      return nil
    }
    if preset.isOfJobs ? section.bytesPerToken != nil : section.bytesPerProcessor != nil {
      report(
        "found \(preset.isOfJobs ? "bytes_per_token" : "bytes_per_processor") with preset "
          + "\(preset.name), expected \(preset.bytesKey)", at: section.origin)
    }
    if section.arrivals == nil, preset.arrivals == nil {
      report(
        "the key is missing, and preset \(preset.name) does not tell it: When flows start.",
        at: section.origin, key: "arrivals")
    }
    return preset
  }

  /// The sizes of the flows of a generator in bytes.
  mutating func sizes(of section: GenerateSection, _ preset: WorkloadPreset?) -> Distribution? {
    if let sizes = section.sizes { return distribution(sizes) }
    guard let preset else { return nil }
    guard let moved = section.moved(preset), moved.input > Bytes(0),
      let figure = preset[preset.isOfJobs ? .processors : .input]
    else {
      report(
        "preset \(preset.name) has no bytes, expected \(preset.bytesKey) with an input",
        at: section.origin)
      return nil
    }
    return figure.distribution.scaled(by: moved.input.value)
  }

  /// What comes back for the flows of a generator; nil where nothing does.
  mutating func answers(
    of section: GenerateSection, _ preset: WorkloadPreset?, _ shares: [Generator.WeightedRoute]
  ) -> Answers? {
    guard let preset, let moved = section.moved(preset), moved.output > Bytes(0),
      let figure = preset[preset.isOfJobs ? .processors : .output],
      let routes = waysBack(shares, of: section)
    else { return nil }
    // A job of more processors has more to send and to give back; tokens are independent.
    let isAlike = preset.isOfJobs && section.sizes == nil
    return Answers(
      sizes: isAlike
        ? .inProportion(moved.output.value / moved.input.value)
        : .drawn(figure.distribution.scaled(by: moved.output.value)),
      pause: preset[.runTime]?.distribution, routes: routes)
  }

  private mutating func waysBack(
    _ shares: [Generator.WeightedRoute], of section: GenerateSection
  ) -> [Int]? {
    var back: [Int] = []
    for share in shares {
      let route = routes.all[share.route]
      guard let source = route.source, let target = route.target,
        let way = resolver.route(from: target, to: source)
      else {
        report(
          "found an output without a route back for it, expected routes between nodes that links "
            + "lead back from", at: section.origin)
        return nil
      }
      back.append(routes.position(of: way))
    }
    return back
  }

  /// The process of a generator that takes it from a preset.
  func arrivals(of section: GenerateSection, _ preset: WorkloadPreset) -> ArrivalProcess? {
    preset.arrivals?.slowed(by: section.timeFactor?.value ?? 1)
  }

  /// How the rate of a generator goes up and down.
  mutating func curve(of section: GenerateSection, _ preset: WorkloadPreset?) -> RateCurve {
    curve(
      section.daily, section.weekly, standard: preset?.daily ?? [], at: section.origin)
  }

  /// How a rate goes up and down; with standard factors where none are given.
  mutating func curve(
    _ daily: Written<[Double]>?, _ weekly: Written<[Double]>?, standard: [Double] = [],
    at origin: Origin
  ) -> RateCurve {
    let count = problems.count
    if let daily { checkDaily(daily) }
    if let weekly {
      if weekly.value.count != 7 {
        report(
          "found \(weekly.value.count) factors, expected one for each day of a week", at: weekly)
      }
      checkFactors(weekly)
    }
    guard problems.count == count else { return .flat }
    let curve = RateCurve(
      daily: daily?.value ?? standard, weekly: weekly?.value ?? [])
    if !(curve.secondsOfWeek > 0) {
      report("found factors that are all 0, expected one above", at: origin)
    }
    return curve
  }
}

extension GenerateSection {
  fileprivate func moved(_ preset: WorkloadPreset) -> MovedSection? {
    preset.isOfJobs ? bytesPerProcessor : bytesPerToken
  }
}

extension WorkloadPreset {
  fileprivate var bytesKey: String { isOfJobs ? "bytes_per_processor" : "bytes_per_token" }
}
