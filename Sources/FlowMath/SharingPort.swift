// SPDX-License-Identifier: GPL-3.0-or-later

/// What the solver keeps of a port: one cache line.
struct SharingPort: BitwiseCopyable {
  /// What this layer may use of the link.
  private(set) var capacity: Double
  /// The level at which it is full, or infinity where it holds no class.
  private(set) var level = Double.infinity
  /// The level found for it when it was last looked at, worth something while `isFresh`.
  var candidate = Double.infinity
  /// What its members send, kept while it is not full; no number where that is unknown.
  private(set) var load = 0.0
  /// The load up to which it is slack beyond doubt; below all loads while it is full.
  private var slackLine: Double
  /// Fills the cache line.
  private var unused = 0.0
  var isFresh = false
  /// Whether it is among `Sharing.disturbed` already, at the lowest level of all.
  var isDisturbed = false
  /// Its members: a piece of `Sharing.members`.
  var start: Int32 = 0
  var members: Int32 = 0
  var room: Int32 = 0

  init(capacity: Double) {
    self.capacity = capacity
    self.slackLine = capacity * (1 - SharingPort.margin)
  }

  /// Gives the port another capacity, after which its load is to be summed anew.
  mutating func setCapacity(_ new: Double) {
    capacity = new
    isFresh = false
    forgetLoad()
    setLevel(level)
  }

  /// Sets the level at which it is full.
  mutating func setLevel(_ new: Double) {
    level = new
    slackLine = new == .infinity ? capacity * (1 - SharingPort.margin) : -.infinity
  }
}

// A port that is not full holds nobody, and as long as its load stays below its capacity there is
// nothing to work out for it: two looks out of three would find just that. So the load of such a
// port is kept as a running sum. Its rounding never decides anything: within a margin of the
// capacity, far above what rounding adds up to, the port is looked at in full.
//
// An addition errs by 2^-53 of the greater of the two numbers, and these are at most a few times
// the capacity: a load above that is forgotten. All loads are forgotten after `mostAdditions`,
// when they err by less than 1e-10 of the capacity.

extension SharingPort {
  private static let margin = 1e-9
  static let mostAdditions = 1 << 16

  /// Whether the load leaves the margin.
  @inline(__always)
  var isClearlySlack: Bool { load <= slackLine }

  /// Adds to the load, which means nothing while the port is full.
  ///
  /// - Returns: whether the port is clearly slack with it.
  @inline(__always)
  mutating func add(_ change: Double) -> Bool {
    isFresh = false
    load += change
    if load <= slackLine { return true }
    if load > 4 * capacity { forgetLoad() }
    return false
  }

  /// Takes some of the load off.
  @inline(__always)
  mutating func takeOff(_ change: Double) {
    isFresh = false
    load -= change
  }

  /// Takes down the load as it was just summed.
  mutating func setLoad(_ sum: Double) {
    load = sum
  }

  mutating func forgetLoad() {
    load = .nan
  }
}
