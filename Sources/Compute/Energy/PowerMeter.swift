// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Counts what a pool takes while its power changes: energy, money, carbon, demand.
///
/// Power is constant between calls, so everything is a sum of products, made when something
/// changes: the power, the rates (`EnergyTerms`), or the quarter hour that demand is a mean of.
/// Quarter hours are those of the clock; one that the run covers in part counts with the mean over
/// that part. Nothing is done for time that passes until somebody asks.
public struct PowerMeter: Sendable {
  public let terms: EnergyTerms
  public private(set) var now: SimTime
  /// What the machines take: what was asked for, or what the cap leaves.
  public private(set) var it_kW = 0.0
  /// With all that the site needs to keep them.
  public private(set) var facility_kW = 0.0
  private var asked_kW = 0.0
  private var cap_kW = Double.infinity

  private var segment: DaySegment
  private var segmentEnd: SimTime
  private var quarter: Quarter
  /// The end of the day of the last quarter hour that was closed.
  private var dayEnd = SimTime(nanoseconds: .min)
  /// The earlier of the ends of segment and quarter hour.
  private var edge: SimTime
  /// Since the segment began, in kilowatts times nanoseconds.
  private var it = 0.0
  private var facility = 0.0
  private var withheld = 0.0
  private var segmentBegan: SimTime
  private var book = EnergyAccount()

  /// A meter that stands at zero, of machines that take nothing yet.
  public init(_ terms: EnergyTerms, at start: SimTime = .zero) {
    self.terms = terms
    now = start
    (segment, segmentEnd) = terms.segment(at: start)
    quarter = Quarter(at: start)
    segmentBegan = start
    edge = min(segmentEnd, quarter.end)
  }

  /// Counts on up to an instant, which is not before the last.
  public mutating func advance(to time: SimTime) {
    while now < time {
      let end = min(time, edge)
      let nanoseconds = Double((end - now).nanoseconds)
      it += it_kW * nanoseconds
      facility += facility_kW * nanoseconds
      quarter.facility += facility_kW * nanoseconds
      if it_kW < asked_kW { withheld += (asked_kW - it_kW) * nanoseconds }
      if facility_kW > book.peak_kW { book.peak_kW = facility_kW }
      now = end
      if end == edge { crossEdge() }
    }
  }

  /// Sets what the machines ask for from now on.
  public mutating func setPower(itWatts: Double) {
    asked_kW = itWatts / 1000
    settle()
  }

  /// Holds the power of the site at or below a cap from now on, by taking power from the machines.
  public mutating func setCap(facilityWatts: Double?) {
    cap_kW = facilityWatts.map { $0 / 1000 } ?? .infinity
    settle()
  }

  /// Whether the machines have less than they ask for.
  public var isCapped: Bool { it_kW < asked_kW }

  /// The most that the machines may take now; infinite without a cap.
  public var it_kW_allowed: Double { cap_kW / segment.pue }

  /// What holds now.
  public var rates: EnergyTerms.Rates { EnergyTerms.Rates(segment, until: segmentEnd) }

  /// All that was counted up to now.
  public var account: EnergyAccount {
    var copy = self
    copy.closeSegment()
    copy.closeQuarter()
    return copy.book
  }
}

extension PowerMeter {
  private mutating func settle() {
    if asked_kW * segment.pue <= cap_kW {
      it_kW = asked_kW
      facility_kW = asked_kW * segment.pue
    } else {
      it_kW = cap_kW / segment.pue
      facility_kW = cap_kW
    }
  }

  private mutating func crossEdge() {
    if now == quarter.end {
      closeQuarter()
      quarter = Quarter(at: now)
    }
    if now == segmentEnd {
      closeSegment()
      (segment, segmentEnd) = terms.segment(at: now)
      settle()
    }
    edge = min(segmentEnd, quarter.end)
  }

  private mutating func closeSegment() {
    let period = segment.period
    let taken = facility / DaySegment.nanosecondsOfHour
    book.it_kWh += it / DaySegment.nanosecondsOfHour
    book.facility_kWh[period] += taken
    book.energy_yuan[period] += taken * segment.price_yuan_kWh
    book.carbon_kg += taken * segment.emission_kg_kWh
    book.withheld_kWh += withheld / DaySegment.nanosecondsOfHour
    book.nanoseconds[period] += (now - segmentBegan).nanoseconds
    (it, facility, withheld) = (0, 0, 0)
    segmentBegan = now
  }

  private mutating func closeQuarter() {
    let covered = now - quarter.begin
    guard covered > .zero else { return }
    if quarter.begin >= dayEnd { beginDay() }
    let last = book.demands.count - 1
    let mean = quarter.facility / Double(covered.nanoseconds)
    book.demands[last].covered = book.demands[last].covered + covered
    if mean > book.demands[last].highest_kW {
      book.demands[last].highest_kW = mean
      book.demands[last].at = quarter.begin
    }
  }

  /// Begins another month, if it is one.
  private mutating func beginDay() {
    let day = terms.calendar.day(at: quarter.begin)
    let date = terms.calendar.date(ofDay: day)
    dayEnd = terms.calendar.beginning(ofDay: day + 1)
    if book.demands.last.map({ ($0.year, $0.month) != (date.year, date.month) }) ?? true {
      book.demands.append(EnergyAccount.MonthDemand(date))
    }
  }

  /// A quarter hour of the clock, or what the run has of it.
  private struct Quarter: Sendable {
    let begin: SimTime
    let end: SimTime
    /// What the site took since it began, in kilowatts times nanoseconds.
    var facility = 0.0

    init(at time: SimTime) {
      let length: Int64 = 900_000_000_000
      let (count, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: length)
      begin = time
      end = SimTime(nanoseconds: (rest < 0 ? count : count + 1) * length)
    }
  }
}
