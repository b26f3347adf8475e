// SPDX-License-Identifier: GPL-3.0-or-later
internal import Locks

/// The rows of traces that many runs of a process go through: each file is parsed once.
///
///     let traces = SharedTraces()
///     let reader = try FlowReader(file: "day.csv", sharing: traces)
///
/// Rows are shared where all lines of a file can be read and all its rows fit in the memory that is
/// set aside. Of any other file each run reads the lines by itself, as it would without: then errors
/// and lines that are left out are those of the run. Files must not change meanwhile.
public final class SharedTraces: Sendable {
  /// What the rows of all traces may take together, unless it is said otherwise.
  public static let mostBytes = 256 << 20

  private let flows: Shelf<SharedFlows>
  private let work: Shelf<SharedWork>

  public init(mostBytes: Int = SharedTraces.mostBytes) {
    let budget = SharedBudget(mostBytes)
    flows = Shelf(budget)
    work = Shelf(budget)
  }

  /// The flows of a file; nil where each run has to read it by itself.
  func flows(of file: String, _ mapping: TraceMapping) -> SharedFlows? {
    flows.rows(of: Key(file: file, mapping: mapping)) { room in
      try? SharedFlows(file: file, mapping: mapping, mostBytes: room)
    }
  }

  /// The requests or jobs of a file; nil where each run has to read it by itself.
  func work(of file: String, _ format: WorkFormat, _ mapping: TraceMapping) -> SharedWork? {
    work.rows(of: Key(file: file, format: format, mapping: mapping)) { room in
      try? SharedWork(file: file, format: format, mapping: mapping, mostBytes: room)
    }
  }

  fileprivate struct Key: Equatable, Sendable {
    var file: String
    var format: WorkFormat?
    var mapping: TraceMapping
  }
}

/// What is left of the memory for rows.
private final class SharedBudget: Sendable {
  private let left: Guarded<Int>

  init(_ bytes: Int) {
    left = Guarded(bytes)
  }

  var room: Int { left.withLock { $0 } }

  /// False where so much is not left any more.
  func take(_ bytes: Int) -> Bool {
    left.withLock { left in
      guard bytes <= left else { return false }
      left -= bytes
      return true
    }
  }
}

/// The traces of one kind.
private final class Shelf<Rows: SharedRows>: Sendable {
  /// One file; whoever comes while it is parsed waits for it.
  private final class Place: Sendable {
    enum State {
      case unread
      case shared(Rows)
      case unshared
    }

    let state = Guarded(State.unread)
  }

  private let budget: SharedBudget
  private let places = Guarded<[(key: SharedTraces.Key, place: Place)]>([])

  init(_ budget: SharedBudget) {
    self.budget = budget
  }

  func rows(of key: SharedTraces.Key, parse: (Int) -> Rows?) -> Rows? {
    place(of: key).state.withLock { state in
      switch state {
      case .shared(let rows): return rows
      case .unshared: return nil
      case .unread:
        guard let rows = parse(budget.room), budget.take(rows.bytes) else {
          state = .unshared
          return nil
        }
        state = .shared(rows)
        return rows
      }
    }
  }

  private func place(of key: SharedTraces.Key) -> Place {
    places.withLock { places in
      if let known = places.first(where: { $0.key == key }) { return known.place }
      let place = Place()
      places.append((key, place))
      return place
    }
  }
}

/// Rows that several threads read at once.
protocol SharedRows: AnyObject, Sendable {
  /// What they take.
  var bytes: Int { get }
}

/// A trace that is not shared, for its length.
struct TooLongToShare: Error {}
