// SPDX-License-Identifier: GPL-3.0-or-later
// The nearest pool where a job could start at once; where there is none, the nearest of all.
//
//   swiftc -O -parse-as-library -o nearest-swift nearest.swift
//   placement: {command: [./nearest-swift]}
import Foundation

/// What can come; keys that are not named here are let be.
struct Message: Decodable {
  struct Pool: Decodable {
    var id: String
    var free: Int?
    var queued: Int?
  }

  struct Job: Decodable {
    var job: String
    var accelerators: Int
    var candidates: [String]
  }

  var type: String
  var q: Int?
  var pools: [Pool]?
  var jobs: [Job]?
}

struct Hello: Encodable {
  var type = "hello"
  var v = 1
  var answers = ["placement"]
}

struct Answer: Encodable {
  struct Placed: Encodable {
    var job: String
    var pool: String
  }

  var type = "answer"
  var q: Int
  var place: [Placed]
}

@main
struct Nearest {
  var free: [String: Int] = [:]
  var queued: [String: Int] = [:]

  mutating func update(_ pools: [Message.Pool]) {
    for pool in pools {
      if let count = pool.free { free[pool.id] = count }
      if let count = pool.queued { queued[pool.id] = count }
    }
  }

  mutating func place(_ job: Message.Job) -> Answer.Placed {
    let pool = job.candidates.first { pool in
      queued[pool] == 0 && free[pool, default: 0] >= job.accelerators
    }
    let chosen = pool ?? job.candidates[0]
    // For the next job of the same question.
    free[chosen, default: 0] -= job.accelerators
    return Answer.Placed(job: job.job, pool: chosen)
  }

  static func say(_ message: some Encodable) throws {
    FileHandle.standardOutput.write(try JSONEncoder().encode(message) + Data("\n".utf8))
  }

  static func main() throws {
    var nearest = Nearest()
    while let line = readLine() {
      let message = try JSONDecoder().decode(Message.self, from: Data(line.utf8))
      switch message.type {
      case "hello": try say(Hello())
      case "changed": nearest.update(message.pools ?? [])
      case "ask":
        let places = (message.jobs ?? []).map { nearest.place($0) }
        try say(Answer(q: message.q ?? 0, place: places))
      default: break
      }
    }
  }
}
