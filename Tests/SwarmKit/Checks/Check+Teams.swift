// SPDX-License-Identifier: GPL-3.0-or-later
internal import Simulator

extension Check {
  /// Jobs on several pools.
  static let teams = [
    Check(name: "the parts of a job on several pools go together") { run, found in
      let entries = run.model.computing.entries.filter { $0.training?.team != nil }
      for entry in entries {
        let parts = entry.training?.team?.parts.count ?? 0
        let rows = run.rows("jobs").filter { $0["workload_name"] == entry.name }
        let jobs = Dictionary(grouping: rows) { $0["job_id"].prefix { $0 != "/" } }
        for (name, members) in jobs {
          found.require(members.count == parts, "\(name) has \(members.count) parts of \(parts)")
          for column in ["starting_time", "finish_time", "final_state", "restarts", "lost_s"] {
            let values = Set(members.map { $0[column] })
            found.require(values.count == 1, "\(column) of the parts of \(name): \(values)")
          }
        }
      }
    }
  ]
}
