// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Samples
import Testing
import Traces
import Traffic

/// Requests and jobs of traces, added up by hand.
@Suite struct RoundTripFeedTests {
  private static let azure = """
    TIMESTAMP,ContextTokens,GeneratedTokens
    2023-11-16 18:17:03.9799600,4808,10
    2023-11-16 18:17:04.0319600,3180,8
    2023-11-16 18:17:05.9799600,110,0

    """
  private static let mooncake = """
    {"timestamp": 0, "input_length": 6758, "output_length": 500, "hash_ids": [0, 1, 2]}
    {"timestamp": 3000, "output_length": 490, "input_length": 7322, "hash_ids": []}

    """
  private static let batsim = """
    job_id,submission_time,requested_number_of_resources,execution_time,requested_time
    w0!1,100,4,10.5,20
    w0!2,105,2,3,10
    w0!3,105.5,1,-1,10

    """
  /// The second was cancelled; the third did not say what it wanted, and the fourth says nothing.
  private static let swf = """
    ; Version: 2.2
    ; MaxProcs: 16
    1 10 5 100 4 -1 -1 4 200 -1 1 1 1 1 1 1 -1 -1
    ; a remark between jobs
    2 20 -1 -1 -1 -1 -1 8 100 -1 5 1 1 1 1 1 -1 -1
    3 30 0 50 2 -1 -1 -1 -1 -1 1 1 1 1 1 1 -1 -1
    4 40 0 60 -1 -1 -1 -1 -1 -1 1 1 1 1 1 1 -1 -1

    """

  private static let pair = PlacesSketch.pair

  private func feed(
    _ text: String, _ format: RoundTripTrace.Format, per basis: RoundTripBytes.Basis = .token,
    input: Double = 4, output: Double = 100,
    options: TraceOptions = TraceOptions(
      reshaping: TraceReshaping()), places: RoundTripPlaces = pair
  ) throws -> (all: [RoundTrip], account: RoundTripAccount, skipped: Int) {
    let file = try Trace(text)
    return try withExtendedLifetime(file) {
      var feed = try RoundTripFeed(
        RoundTripTrace(
          name: "t", file: file.path, format: format, options: options, trafficClass: 0,
          bytes: RoundTripBytes(per: basis, input: input, output: output), places: places),
        seed: 1)
      var all: [RoundTrip] = []
      var account = RoundTripAccount()
      while let roundTrip = try feed.next() {
        all.append(roundTrip)
        account.add(roundTrip)
      }
      return (all, account, feed.skipped.count)
    }
  }

  @Test func requestsWithDatesAddUp() throws {
    let (all, account, _) = try feed(Self.azure, .requests)
    #expect(account.rows == 3 && account.tokensIn == 8098 && account.tokensOut == 18)
    // 52 ms and 2 s behind the first, which is at 0.
    #expect(all.map(\.time.nanoseconds) == [0, 52_000_000, 2_000_000_000])
    #expect(all.there == [19_232, 12_720, 440])
    #expect(all.back == [1000, 800, nil])
    #expect(all.allSatisfy { $0.there?.route == 7 && $0.pause == .zero })
    #expect(all.map(\.number) == [1, 2, 3])
  }

  @Test func requestsOfJSONLinesAddUp() throws {
    let (all, account, _) = try feed(Self.mooncake, .requests)
    #expect(account.rows == 2 && account.tokensIn == 14_080 && account.tokensOut == 990)
    #expect(all.map(\.time.seconds) == [0, 3])
  }

  @Test func jobsAddUp() throws {
    let (all, account, _) = try feed(Self.batsim, .jobs(.jobs), per: .processor)
    // 4 * 10.5 and 2 * 3; of the third nobody knows how long it ran.
    #expect(account.rows == 3 && account.processorSeconds == 48)
    #expect(account.unknownRunTimes == 1 && account.unknownProcessors == 0)
    #expect(all.map(\.time.seconds) == [0, 5, 5.5])
    #expect(all.there == [16, 8, 4])
    #expect(all.back == [400, 200, nil])
    let pauses: [Double?] = all.map { $0.pause?.seconds }
    #expect(pauses == [10.5, 3, nil])
  }

  @Test func logsOfMachinesAddUp() throws {
    let (all, account, _) = try feed(Self.swf, .jobs(.swf), per: .processor)
    #expect(account.rows == 4 && account.processorSeconds == 500)
    #expect(account.unknownRunTimes == 1 && account.unknownProcessors == 1)
    #expect(all.there == [16, 32, 8, nil])
    #expect(all.back == [400, nil, 200, nil])
    let perJob = try feed(Self.swf, .jobs(.swf), per: .job).all
    #expect(perJob.there == [4, 4, 4, 4])
    #expect(perJob.back == [100, nil, 100, 100])
  }

  @Test func aLoopMultipliesSumsAndShiftsTimes() throws {
    let options = TraceOptions(
      reshaping: TraceReshaping(
        timeFactor: 2, sizeFactor: 3, repetition: .times(3),
        period: SimDuration(nanoseconds: 10_000_000_000)),
      start: SimDuration(nanoseconds: 1_000_000_000))
    let (all, account, _) = try feed(Self.azure, .requests, options: options)
    #expect(account.rows == 9 && account.tokensIn == 9 * 8098 && account.tokensOut == 9 * 18)
    let milliseconds = all.prefix(5).map { $0.time.nanoseconds / 1_000_000 }
    #expect(milliseconds == [1000, 1104, 5000, 11_000, 11_104])
    let until = TraceOptions(
      reshaping: TraceReshaping(
        repetition: .until(SimTime(nanoseconds: 10_050_000_000)),
        period: SimDuration(nanoseconds: 10_000_000_000)))
    #expect(try feed(Self.azure, .requests, options: until).account.rows == 4)
  }

  @Test func placesShareByWeightAndDoNotMoveEachOther() throws {
    let options = TraceOptions(
      reshaping: TraceReshaping(
        repetition: .times(4000), period: SimDuration(nanoseconds: 3_000_000_000)))
    let pairs = (0..<4).map { RoundTripPlaces.Pair(there: $0, back: $0 + 4) }
    let places = RoundTripPlaces(from: [2, 1], to: [1, 3], pairs: pairs)
    let all = try feed(Self.azure, .requests, options: options, places: places).all
    #expect(all.count == 12_000)
    let routes = all.compactMap { $0.there?.route }
    // Five standard errors of a share p of 12 000 are 5 * sqrt(p (1 - p) / 12 000).
    for (route, share) in [(0, 2.0 / 12), (1, 6.0 / 12), (2, 1.0 / 12), (3, 3.0 / 12)] {
      let found = Double(routes.count { $0 == route }) / 12_000
      #expect(abs(found - share) < 5 * (share * (1 - share) / 12_000).squareRoot())
    }
    let other = RoundTripPlaces(from: [2, 1], to: [5, 1], pairs: pairs)
    let moved = try feed(Self.azure, .requests, options: options, places: other).all
      .compactMap { $0.there?.route }
    #expect(moved.map { $0 / 2 } == routes.map { $0 / 2 } && moved != routes)
  }

  @Test func whatIsServedWhereItComesFromMovesNothing() throws {
    let places = RoundTripPlaces(from: [1], to: [1], pairs: [nil])
    let (all, account, _) = try feed(Self.azure, .requests, places: places)
    #expect(account.local == 3 && account.tokensIn == 8098)
    #expect(all.allSatisfy { $0.there == nil && $0.back == nil && $0.isLocal })
  }

  @Test func badLinesAreErrorsOrCounted() throws {
    let bad = Self.azure.replacing("3180", with: "many")
    let strict = #expect(throws: TraceError.self) { try feed(bad, .requests) }
    #expect(strict?.line == 3 && strict?.description.contains("ContextTokens") == true)
    let options = TraceOptions(tolerance: .lenient, reshaping: TraceReshaping())
    let (all, account, skipped) = try feed(bad, .requests, options: options)
    #expect(all.count == 2 && account.tokensIn == 4918 && skipped == 1)
    let early = Self.swf.replacing("3 30", with: "3 3")
    let order = #expect(throws: TraceError.self) { try feed(early, .jobs(.swf), per: .job) }
    #expect(order?.line == 6)
  }

  @Test func moreThanThereCanBeIsAnError() {
    let much = "timestamp_s,input_tokens,output_tokens\n1,1,1\n2,1000000000000000,1\n"
    let error = #expect(throws: TraceError.self) { try feed(much, .requests, input: 1e9) }
    #expect(error?.description.contains("record 2 moves 1e+24 B") == true)
  }
}

extension [RoundTrip] {
  fileprivate var there: [Double?] { map { $0.there?.bytes } }
  fileprivate var back: [Double?] { map { $0.back?.bytes } }
}

private enum PlacesSketch {
  static let pair = RoundTripPlaces(from: [1], to: [1], pairs: [.init(there: 7, back: 9)])
}
