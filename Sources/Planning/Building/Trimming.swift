// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes back from a build what levels can do without.
///
/// Where there are few builds at all, they are tried one by one, the cheapest first. Else each link in
/// turn, the dearest first, gets the fewest channels or lines with which all levels hold; then it is
/// tried whether one more at one link saves more at another, until nothing does.
struct Trimming {
  private let screen: BuildScreen
  private let jobs: Int
  private let watch: (Double) -> Bool

  private static let mostLinks = 12
  private static let mostSwaps = 200
  private let mostTried: Int
  /// Streams in all states and hours, beyond which a trial takes too long for many of them.
  private static let mostStreams = 20_000

  init(
    _ screen: BuildScreen, jobs: Int, mostTried: Int = 3_000,
    _ watch: @escaping (Double) -> Bool
  ) {
    self.screen = screen
    self.jobs = jobs
    self.mostTried = mostTried
    self.watch = watch
  }

  private struct Part: Hashable {
    var isLine: Bool
    var link: String
  }

  func trimmed(_ build: Build, from existing: Build) -> Build {
    var build = build
    let parts = parts(of: build, existing)
    guard holds(build) else { return build }
    if let cheapest = cheapest(upTo: build, from: existing) { return cheapest }
    for part in parts { reduce(part, in: &build, existing) }
    var swaps = 0
    var improves = parts.count <= 6
    while improves {
      improves = false
      for (up, down) in parts.flatMap({ one in parts.map { (one, $0) } }) where up != down {
        swaps += 1
        guard swaps < Self.mostSwaps else { return build }
        var other = build
        other[up.isLine, up.link] += 1
        for part in [down] + parts.filter({ $0 != up && $0 != down }) {
          reduce(part, in: &other, existing)
        }
        guard cost(other) < cost(build) - 1e-9 else { continue }
        build = other
        improves = true
      }
    }
    return build
  }

  // MARK: - All builds

  /// The cheapest of all builds up to one, of equals that with more at the first links; nil where
  /// there are too many.
  private func cheapest(upTo build: Build, from existing: Build) -> Build? {
    let parts = added(build, existing).filter { $0.1 > 0 }.sorted { $0.0.link < $1.0.link }
    let streams = screen.screening.traffic.streams.count + 1
    let states = screen.failures.count * screen.screening.hours.count
    guard streams * states <= Self.mostStreams else { return nil }
    var count = 1
    for part in parts {
      count *= part.1 + 1
      if count > mostTried { return nil }
    }
    return (0..<count).map { self.build(number: $0, parts, existing) }
      .sorted { cost($0) < cost($1) }.first(where: holds)
  }

  /// The builds up to one, each by its number.
  private func build(number: Int, _ parts: [(Part, Int)], _ existing: Build) -> Build {
    var build = existing
    var rest = number
    for (part, most) in parts {
      build[part.isLine, part.link] += rest % (most + 1)
      rest /= most + 1
    }
    return build
  }

  // MARK: - Part by part

  /// What has been added, the dearest first.
  private func parts(of build: Build, _ existing: Build) -> [Part] {
    let sorted = added(build, existing).filter { $0.1 > 0 }.sorted {
      let costs = (price($0.0) * Double($0.1), price($1.0) * Double($1.1))
      return costs.0 != costs.1 ? costs.0 > costs.1 : $0.0.link < $1.0.link
    }
    return sorted.prefix(Self.mostLinks).map(\.0)
  }

  private func added(_ build: Build, _ existing: Build) -> [(Part, Int)] {
    build.channels.map {
      (Part(isLine: false, link: $0.key), $0.value - (existing.channels[$0.key] ?? 0))
    }
      + build.lines.map {
        (Part(isLine: true, link: $0.key), $0.value - (existing.lines[$0.key] ?? 0))
      }
  }

  private func price(_ part: Part) -> Double {
    var one = Build()
    one[part.isLine, part.link] = 1
    return cost(one)
  }

  private func cost(_ build: Build) -> Double {
    Double(screen.site.lightpaths(of: build)) * (screen.plan.channels?.price ?? 0)
      + Double(build.lines.values.reduce(0, +)) * (screen.plan.lines?.price ?? 0)
  }

  /// The fewest of a part with which all levels hold, all else as it is.
  private func reduce(_ part: Part, in build: inout Build, _ existing: Build) {
    var low = existing[part.isLine, part.link]
    var high = build[part.isLine, part.link]
    var trial = build
    while low < high {
      let middle = (low + high) / 2
      trial[part.isLine, part.link] = middle
      if holds(trial) { high = middle } else { low = middle + 1 }
    }
    build[part.isLine, part.link] = high
  }

  private func holds(_ build: Build) -> Bool {
    guard let states = screen.states(screen.limits(build), jobs: jobs, watch) else { return false }
    return screen.holds(states)
  }
}

extension Build {
  /// Lines, or channels, of a link.
  fileprivate subscript(isLine: Bool, link: String) -> Int {
    get { (isLine ? lines[link] : channels[link]) ?? 0 }
    set { if isLine { lines[link] = newValue } else { channels[link] = newValue } }
  }
}
