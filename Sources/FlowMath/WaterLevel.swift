// SPDX-License-Identifier: GPL-3.0-or-later

// The level at which one link is full, given the levels at which its members are held elsewhere.
//
//   find        level
//   such that   sum over members i of  load_i(min(level, held_i))  =  capacity
//   where       load_i(x) = floor_i / (1 - x)      for x < 0
//                           floor_i + weight_i x   for x >= 0
//
// The sum rises with the level. It is piecewise linear, below 0 in the part 1 / (1 - x) of the
// floors, and on either side of 0 concave. Newton's
// method on such a function never overshoots after its first step, and ends after as many steps
// as there are groups of members held below the answer: two or three in practice.
// (A "weight" and a "floor" here are those of all flows of a member together.)

/// The lanes of one step of the inner loops.
typealias Lanes = SIMD4<Double>

/// The members of one link in columns, padded to whole `Lanes`.
///
/// Padding has weight 0 and floor 0 and is held at minus infinity: it adds nothing.
struct LinkMembers: ~Copyable {
  private(set) var held = AlignedColumn<Double>()
  private(set) var weight = AlignedColumn<Double>()
  private(set) var floor = AlignedColumn<Double>()
  private(set) var count = 0

  var lanes: Int { (count + Lanes.scalarCount - 1) / Lanes.scalarCount }

  var bases:
    (
      held: UnsafeMutablePointer<Double>, weight: UnsafeMutablePointer<Double>,
      floor: UnsafeMutablePointer<Double>
    )
  { (held.base, weight.base, floor.base) }

  /// Makes sure that links of `count` members fit.
  mutating func makeRoom(for count: Int) {
    let padded = count + Lanes.scalarCount
    guard padded > held.count else { return }
    held.resizeUninitialised(to: padded)
    weight.resizeUninitialised(to: padded)
    floor.resizeUninitialised(to: padded)
  }

  /// Begins with a link of `count` members; their columns are then to be written.
  mutating func setCount(_ newCount: Int) {
    assert(newCount == 0 || newCount < held.count)
    count = newCount
  }

  /// The number of members up to which lanes do not pay for their padding.
  static let few: Int32 = 32

  /// Puts the padding behind the members.
  fileprivate mutating func pad() {
    for index in count..<lanes * Lanes.scalarCount {
      held.base[index] = -.infinity
      weight.base[index] = 0
      floor.base[index] = 0
    }
  }

  /// What the members send if nobody holds them here, without their floors.
  func load() -> Double {
    var sum = 0.0
    for index in 0..<count { sum += weight.base[index] * max(held.base[index], 0) }
    return sum
  }

  /// The same with their floors.
  func loadWithFloors() -> Double {
    var sum = load()
    for index in 0..<count {
      sum += floor.base[index] * WaterLevel.keptPart(at: min(held.base[index], 0))
    }
    return sum
  }

  func highestHeld() -> Double {
    var highest = -Double.infinity
    for index in 0..<count { highest = max(highest, held.base[index]) }
    return highest
  }
}

/// The load of the members held at or below a level, and the slope of the others.
struct FillState {
  var heldLoad: Double
  var openWeight: Double
}

/// The level at which the link is full, or infinity where it never is.
///
/// Any guess gives the same answer, a close one gives it sooner; where every floor is 0, not to
/// look at them saves a pass.
func waterLevel(
  of members: inout LinkMembers, capacity: Double, guess: Double, hasFloors: Bool
) -> Double {
  members.pad()
  if hasFloors {
    let floors = loadAtZero(members)
    if floors > capacity { return shortageLevel(of: members, capacity: capacity) }
  }
  var level = max(0, guess)
  // Only a guess can stand above the answer.
  var isGuess = level > 0
  while true {
    let state = hasFloors ? fillState(members, level) : fillStateWithoutFloors(members, level)
    if state.openWeight == 0 {
      // Risen step by step, all are held and fit but for rounding.
      if !isGuess || state.heldLoad <= capacity { return .infinity }
      level = 0
      isGuess = false
      continue
    }
    let next = max(0, (capacity - state.heldLoad) / state.openWeight)
    if next == level || (!isGuess && next < level) { return level }
    level = next
    isGuess = false
  }
}

/// What members add up to with the water at some level, and how far that level may move.
struct FillStep {
  /// The load of the members held at or below the level, and the slope of the others.
  var heldLoad = 0.0
  var openWeight = 0.0
  var highestHeld = -Double.infinity
  var lowestOpen = Double.infinity

  /// Adds a member without a floor; chosen without branches, which could not be predicted.
  @inline(__always)
  mutating func add(held: Double, weight: Double, line: Double) {
    let isOpen = held > line
    openWeight += isOpen ? weight : 0
    heldLoad += isOpen ? 0 : weight * max(held, 0)
    highestHeld = max(highestHeld, isOpen ? -.infinity : held)
    lowestOpen = min(lowestOpen, isOpen ? held : .infinity)
  }
}

/// As `waterLevel`, for a few members without floors.
///
/// Ends as soon as nobody is held between one level and the next: a step more would lead to the
/// same place.
func waterLevelOfFew(
  _ members: borrowing LinkMembers, capacity: Double, guess: Double
) -> Double {
  var level = guess
  var isGuess = level > 0
  while true {
    var step = FillStep()
    for index in 0..<members.count {
      step.add(held: members.held.base[index], weight: members.weight.base[index], line: level)
    }
    if step.openWeight == 0 {
      if !isGuess || step.heldLoad <= capacity { return .infinity }
      level = 0
      isGuess = false
      continue
    }
    let next = max(0, (capacity - step.heldLoad) / step.openWeight)
    if next >= step.highestHeld, next < step.lowestOpen { return next }
    if !isGuess, next <= level { return level }
    level = next
    isGuess = false
  }
}

/// The level below 0 at which the floors, cut in proportion, just fit.
private func shortageLevel(of members: borrowing LinkMembers, capacity: Double) -> Double {
  var level = WaterLevel.lowest
  while true {
    let state = shortageState(members, level)
    if state.openWeight == 0 { return level }
    let next = WaterLevel.keeping((capacity - state.heldLoad) / state.openWeight)
    if next <= level { return level }
    level = next
  }
}

/// The load of all members where the water stands at 0: every floor that is not cut elsewhere.
private func loadAtZero(_ members: borrowing LinkMembers) -> Double {
  let held = lanes(members.held)
  let floor = lanes(members.floor)
  var sum = Lanes.zero
  for index in 0..<members.lanes {
    sum += floor[index] / (1 - pointwiseMin(held[index], Lanes.zero))
  }
  return sum.sum()
}

private func fillStateWithoutFloors(
  _ members: borrowing LinkMembers, _ level: Double
) -> FillState {
  let held = lanes(members.held)
  let weight = lanes(members.weight)
  let line = Lanes(repeating: level)
  var load = Lanes.zero
  var open = Lanes.zero
  for index in 0..<members.lanes {
    let isOpen = held[index] .> line
    // Padding is held below 0 and must not count.
    let adds = held[index] .> Lanes.zero
    let closed = held[index].replacing(with: 0, where: isOpen .| .!adds)
    load += weight[index] * closed
    open += weight[index].replacing(with: 0, where: .!isOpen)
  }
  return FillState(heldLoad: load.sum(), openWeight: open.sum())
}

private func fillState(_ members: borrowing LinkMembers, _ level: Double) -> FillState {
  let held = lanes(members.held)
  let weight = lanes(members.weight)
  let floor = lanes(members.floor)
  let line = Lanes(repeating: level)
  var load = Lanes.zero
  var open = Lanes.zero
  for index in 0..<members.lanes {
    let isOpen = held[index] .> line
    let above = pointwiseMax(held[index], Lanes.zero).replacing(with: 0, where: isOpen)
    let below = pointwiseMin(held[index], Lanes.zero)
    load += weight[index] * above + floor[index] / (1 - below)
    open += weight[index].replacing(with: 0, where: .!isOpen)
  }
  return FillState(heldLoad: load.sum(), openWeight: open.sum())
}

/// As `fillState`, below 0: the slope is that of the floors.
private func shortageState(_ members: borrowing LinkMembers, _ level: Double) -> FillState {
  let held = lanes(members.held)
  let floor = lanes(members.floor)
  let line = Lanes(repeating: level)
  var load = Lanes.zero
  var open = Lanes.zero
  for index in 0..<members.lanes {
    let isOpen = held[index] .> line
    let kept = 1 / (1 - pointwiseMin(held[index], Lanes.zero))
    load += floor[index] * kept.replacing(with: 0, where: isOpen)
    open += floor[index].replacing(with: 0, where: .!isOpen)
  }
  return FillState(heldLoad: load.sum(), openWeight: open.sum())
}

/// A column of numbers as a column of whole lanes.
private func lanes(_ column: borrowing AlignedColumn<Double>) -> UnsafePointer<Lanes> {
  UnsafePointer(UnsafeRawPointer(column.base).assumingMemoryBound(to: Lanes.self))
}
