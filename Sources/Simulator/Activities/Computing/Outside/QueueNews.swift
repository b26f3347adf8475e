// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling

/// What a program knows of the jobs of a pool, and what it has not been told yet.
struct QueueNews {
  /// By their names: jobs that wait, and those that run.
  private(set) var queued: [String: JobID] = [:]
  private(set) var running: [String: JobID] = [:]
  private var names: [JobID: String] = [:]
  /// Jobs that wait and were not told of, or that ask for less than they did then.
  private var came: [JobID] = []
  /// Names of jobs that it has been told of, and that are here no more.
  private var left: [String] = []
  private var ended: [String] = []
  /// Nil before it was told of any.
  private var count: Int?

  var waiting: Int { queued.count }

  /// A job waits here from now on.
  mutating func come(_ id: JobID, named name: String) {
    names[id] = name
    queued[name] = id
    came.append(id)
  }

  /// A job waits or runs here no more.
  mutating func go(_ id: JobID) {
    guard let name = names.removeValue(forKey: id) else { return }
    if running[name] == id {
      running[name] = nil
      ended.append(name)
      return
    }
    queued[name] = nil
    if let place = came.firstIndex(of: id) {
      came.remove(at: place)
    } else {
      left.append(name)
    }
  }

  mutating func start(_ id: JobID) {
    guard let name = names[id] else { return }
    queued[name] = nil
    running[name] = id
  }

  /// It waits again, and its program is told what it asks for now.
  mutating func stop(_ id: JobID) {
    guard let name = names[id] else { return }
    running[name] = nil
    queued[name] = id
    came.append(id)
  }

  /// Adds a message with what has changed since the last one; nothing where nothing has.
  mutating func tell(
    _ pool: String, count: Int, at now: SimTime, details: (JobID, inout MessageWriter) -> Void,
    to writer: inout MessageWriter
  ) {
    guard self.count != count || !came.isEmpty || !left.isEmpty || !ended.isEmpty else { return }
    writer.member("{\"type\":\"changed\",\"t\":", now.nanoseconds)
    writer.member(",\"queues\":[{\"pool\":", pool)
    if self.count != count { writer.member(",\"accelerators\":", Int64(count)) }
    self.count = count
    if !came.isEmpty {
      writer.raw(",\"came\":")
      writer.list(came, details)
    }
    if !left.isEmpty {
      writer.raw(",\"left\":")
      writer.list(left) { $1.text($0) }
    }
    if !ended.isEmpty {
      writer.raw(",\"ended\":")
      writer.list(ended) { $1.text($0) }
    }
    writer.raw("}]}")
    writer.endLine()
    came.removeAll()
    left.removeAll()
    ended.removeAll()
  }
}
