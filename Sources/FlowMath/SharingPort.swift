// SPDX-License-Identifier: GPL-3.0-or-later

/// What the solver keeps of a port: one cache line.
struct SharingPort: BitwiseCopyable {
  /// What this layer may use of the link.
  private(set) var capacity: Double
  /// The level at which it is full, or infinity where it holds no class.
  private(set) var level = Double.infinity
  /// The level found for it when it was last looked at; no number where something changed since.
  private(set) var candidate = Double.nan
  /// What the members send that are held elsewhere; no number where that is unknown.
  private(set) var load = 0.0
  /// The load up to which it is slack beyond doubt; below all loads while it is full.
  private var slackLine: Double
  /// The weight of the members that it holds.
  private var heldWeight = 0.0
  /// The count of all changes of loads when this one was summed member by member.
  private var summedAt: Int32 = 0
  /// No member that is held elsewhere stands higher.
  private(set) var highest = -Double.infinity
  /// The number of members that it holds.
  private var held: Int32 = 0

  init(capacity: Double) {
    self.capacity = capacity
    self.slackLine = capacity * (1 - SharingPort.margin)
  }

  /// Gives the port another capacity, after which its load is to be summed anew.
  mutating func setCapacity(_ new: Double) {
    capacity = new
    candidate = .nan
    forgetLoad()
    setLevel(level)
  }

  /// Sets the level at which it is full.
  mutating func setLevel(_ new: Double) {
    level = new
    slackLine = new == .infinity ? capacity * (1 - SharingPort.margin) : -.infinity
  }
}

// What a port's members send is kept as a running sum, so that most looks at it need none at them.
//
// While it is not full it holds nobody, and as long as the sum stays below its capacity there is
// nothing to work out. While it is full, those that it holds share what the others leave:
//
//     level  =  (capacity - load) / heldWeight
//
// is the answer where none of the others stands above that. Rounding never decides anything. A
// port within a margin of its capacity, far above what rounding adds up to, is looked at member by
// member. A level is taken from the sums only where they are young, and where the difference is no
// small part of the capacity: it is then as good as one from fresh sums, to a fraction of the
// tolerance of levels.
//
// An addition errs by 2^-53 of the greater of the two numbers, and these are at most a few times
// the capacity: a load above that is forgotten. All loads are forgotten after `mostAdditions`,
// when they err by less than 1e-10 of the capacity.

extension SharingPort {
  private static let margin = 1e-9
  /// What a young load may exceed a capacity by, in parts of it, and still just fill it.
  private static let rounding = 1e-14
  /// The same where floors are all that there is: half of what levels may differ by.
  private static let roundingOfFloors = 5e-13
  static let mostAdditions = 1 << 16
  /// 1024 errors of 2^-53 of a load, 8 times as large beside what is left: 9e-13.
  private static let youngest: Int32 = 1024
  /// 4096 errors of 2^-53 of a load that is no more than the capacity: 4.6e-13.
  private static let youngestOfFloors: Int32 = 4096
  private static let leastPartLeft = 1.0 / 8

  /// Whether the load leaves the margin.
  @inline(__always)
  var isClearlySlack: Bool { load <= slackLine }

  /// Whether the sums alone tell that it holds nobody, and that what its members send fits.
  ///
  /// Members that all stand at 0, as those whose floor is their ceiling, would be cut alike.
  @inline(__always)
  func isSlackFromSums(after additions: Int) -> Bool {
    guard held == 0 else { return false }
    let areFloors = highest <= 0
    let rounding = areFloors ? SharingPort.roundingOfFloors : SharingPort.rounding
    let most = areFloors ? SharingPort.youngestOfFloors : SharingPort.youngest
    let least = age(after: additions) <= most ? -rounding : SharingPort.margin
    return capacity - load >= capacity * least
  }

  /// The level at which it is full, where the sums alone tell and it holds somebody.
  ///
  /// Only for members without floors, and without ceilings where they are held here.
  @inline(__always)
  func levelFromSums(after additions: Int) -> Double? {
    let left = capacity - load
    guard held != 0, age(after: additions) <= SharingPort.youngest,
      left >= capacity * SharingPort.leastPartLeft
    else { return nil }
    let level = left / heldWeight
    return level >= highest ? level : nil
  }

  @inline(__always)
  private func age(after additions: Int) -> Int32 {
    Int32(truncatingIfNeeded: additions) &- summedAt
  }

  /// Adds to the load, of a member that now stands at a level.
  @inline(__always)
  mutating func add(_ change: Double, standingAt level: Double) {
    candidate = .nan
    load += change
    highest = level > highest ? level : highest
    if load > 4 * capacity { forgetLoad() }
  }

  /// Takes some of the load off.
  @inline(__always)
  mutating func takeOff(_ change: Double) {
    candidate = .nan
    load -= change
  }

  /// Changes the weight and the number of the members that it holds.
  @inline(__always)
  mutating func changeHeld(by members: Int32, weight: Double) {
    candidate = .nan
    held += members
    heldWeight += weight
  }

  /// Takes down the sums as they were just made.
  mutating func setSums(_ sums: PortSums, after additions: Int) {
    load = sums.load
    highest = sums.highest
    held = sums.held
    heldWeight = sums.heldWeight
    summedAt = Int32(truncatingIfNeeded: additions)
  }

  /// Notes that it holds nobody, what its members send, and how high they may stand.
  mutating func setSlack(
    load sum: Double, highest most: Double = .infinity, after additions: Int
  ) {
    load = sum
    held = 0
    heldWeight = 0
    summedAt = Int32(truncatingIfNeeded: additions)
    highest = most
  }

  /// Notes the level at which it would be full.
  mutating func setCandidate(_ level: Double) {
    candidate = level
  }

  /// Has the port looked at anew.
  mutating func setStale() {
    candidate = .nan
  }

  mutating func forgetLoad() {
    load = .nan
  }
}

/// The members of a port, summed.
struct PortSums {
  /// What those held elsewhere send, and the highest level of them.
  var load = 0.0
  var highest = -Double.infinity
  /// Those held here.
  var held: Int32 = 0
  var heldWeight = 0.0
}

/// Where the members of a port stand, a piece of `Sharing.members`, and what is rarely asked.
struct MemberPiece: BitwiseCopyable {
  var start: Int32 = 0
  var count: Int32 = 0
  var room: Int32 = 0
  /// The latest solve in which what it leaves went to the next layer.
  var passedIn: Int32 = 0
  /// Whether the links beside it keep it from ever being full; it then has no members here.
  var isCovered = false
  /// Whether the port's candidate is from its sums: then no member changes its bottleneck.
  var isFromSums = false
  /// Whether it is among `Sharing.disturbed` already, at the lowest level of all.
  var isDisturbed = false
}
