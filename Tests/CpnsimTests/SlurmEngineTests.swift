// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What is said to Slurm, and what is made of its answers; a real one is in `make test-slurm`.
@Suite struct SlurmEngineTests {
  /// Programs that answer as Slurm's do, and write down how they were called.
  private static let programs = [
    "scontrol": "echo 'MaxArraySize = 8'; echo 'MaxJobCount = 10000'",
    "sacctmgr": "exit 1",
    "sbatch": """
    number=$(($(cat number 2> /dev/null || echo 40) + 1))
    if [ "$number" = "$REFUSED" ]; then
      echo 'sbatch: error: Batch job submission failed: Invalid account' >&2
      exit 1
    fi
    echo $number > number
    echo $number
    """,
    "squeue": "cat queue 2> /dev/null || true", "scancel": "true",
  ]

  private func workspace(_ more: String = "") throws -> Workspace {
    let workspace = try StudySample.workspace(more)
    mkdir(workspace.path + "/bin", 0o700)
    for (name, body) in Self.programs {
      try workspace.writeProgram(
        "#!/bin/sh\necho \"\(name) $*\" >> \"\(workspace.path)/calls\"\ncd \"\(workspace.path)\"\n\(body)\n",
        to: "bin/\(name)")
    }
    return workspace
  }

  private func submit(_ workspace: Workspace, _ more: String = "") throws -> Outcome {
    try workspace.bash(
      "PATH=$PWD/bin:$PATH; cpnsim sweep study.yaml --out o --engine slurm --format csv \(more)")
  }

  private func calls(_ workspace: Workspace, of name: String) throws -> [String] {
    try workspace.text(of: "calls").split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix(name + " ") }
      .map { $0.replacingOccurrences(of: workspace.path, with: "") }
  }

  @Test func arraysAndAGatheringJobAreSubmitted() throws {
    let workspace = try workspace()
    let outcome = try submit(workspace, "--shards 12")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("submitted 12 runs as 12 tasks; job 43 gathers what they did"))
    let folder = workspace.path + "/o/slurm"
    #expect(
      outcome.output.replacingOccurrences(of: folder, with: "") == """
        job,tasks,indices,script
        41,7,1-7,o/slurm/shards-1.sh
        42,5,1-5,o/slurm/shards-2.sh
        43,1,,o/slurm/gather.sh

        """)
    #expect(
      try calls(workspace, of: "sbatch") == [
        "sbatch --parsable o/slurm/shards-1.sh", "sbatch --parsable o/slurm/shards-2.sh",
        "sbatch --parsable --dependency=afterany:41:42 o/slurm/gather.sh",
      ])
    #expect(try workspace.text(of: "o/slurm/jobs") == "41\n42\n43\n")
    #expect(
      try workspace.bash("bash -n o/slurm/shards-1.sh && bash -n o/slurm/gather.sh").code == 0)
  }

  /// `at_once` holds over all arrays, which therefore follow one another.
  @Test func throttledArraysFollowOneAnother() throws {
    let workspace = try workspace("slurm: {at_once: 2}")
    #expect(try submit(workspace, "--shards 12").code == 0)
    #expect(
      try calls(workspace, of: "sbatch")[1]
        == "sbatch --parsable --dependency=afterany:41 o/slurm/shards-2.sh")
    #expect(try workspace.text(of: "o/slurm/shards-1.sh").contains("#SBATCH --array=1-7%2\n"))
  }

  /// The scripts do what they say without Slurm as well, task by task.
  @Test func theScriptsRunTheStudy() throws {
    let workspace = try workspace()
    #expect(try submit(workspace, "--shards 12").code == 0)
    let outcome = try workspace.bash(
      """
      for task in 1 2 3 4 5 6 7; do SLURM_ARRAY_TASK_ID=$task bash o/slurm/shards-1.sh || exit; done
      for task in 1 2 3 4 5; do SLURM_ARRAY_TASK_ID=$task bash o/slurm/shards-2.sh || exit; done
      bash o/slurm/gather.sh && cpnsim sweep study.yaml --out whole --quiet
      """)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try workspace.text(of: "o/results.csv") == workspace.text(of: "whole/results.csv"))
    // Nothing is left to submit: the tables are made here.
    let again = try submit(workspace)
    #expect(again.code == 0 && again.errors.contains("12 of 12 runs done"))
    #expect(try calls(workspace, of: "sbatch").count == 3)
  }

  @Test func onlyWhatLacksIsSubmitted() throws {
    let workspace = try workspace()
    for index in 1...9 {
      _ = try workspace.cpnsim("sweep", "study.yaml", "--out", "o", "--shard", "\(index)/12")
    }
    #expect(try submit(workspace, "--shards 12").code == 0)
    #expect(try calls(workspace, of: "sbatch").count == 2)
    #expect(try workspace.text(of: "o/slurm/shards-1.sh").contains("#SBATCH --array=3-5\n"))
  }

  @Test func whatIsInTheQueueIsNotSubmittedTwice() throws {
    let workspace = try workspace()
    #expect(try submit(workspace, "--shards 12").code == 0)
    try workspace.write("44 42\n43 43\n", to: "queue")
    let again = try submit(workspace, "--shards 12")
    #expect(again.code == 2)
    #expect(again.errors.contains("o: jobs of this study are in the queue: 42, 43"))
  }

  @Test func aRefusalIsQuotedAndLeavesNoJob() throws {
    let workspace = try workspace()
    let outcome = try workspace.bash(
      "PATH=$PWD/bin:$PATH REFUSED=43 cpnsim sweep study.yaml --out o --engine slurm --shards 12")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("Batch job submission failed: Invalid account"))
    #expect(try calls(workspace, of: "scancel") == ["scancel 41 42"])
    #expect(!workspace.names.contains("o/slurm/jobs"))
  }

  @Test func aMachineWithoutSlurmSaysSo() throws {
    let workspace = try StudySample.workspace()
    let program = try Workspace.program
    let outcome = try workspace.bash(
      "PATH=/nowhere '\(program)' sweep study.yaml --out o --engine slurm")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("--engine slurm: found no scontrol in PATH"))
  }

  /// Mistakes of the study come before anything is submitted.
  @Test func theStudyIsCheckedFirst() throws {
    let workspace = try workspace("set: {'network.links[0].capacity': much}")
    #expect(try submit(workspace).code == 2)
    #expect(!workspace.names.contains("calls") && !workspace.names.contains("o"))
  }

  @Test func kubernetesGetsFilesAndNothingElse() throws {
    let workspace = try StudySample.workspace()
    let outcome = try workspace.cpnsim(
      "sweep", "study.yaml", "--out", "o", "--engine", "kubernetes", "--shards", "5")
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("wrote job.yaml for 5 shards and Containerfile"))
    #expect(outcome.errors.contains("this program needs libraries of this machine"))
    #expect(try workspace.text(of: "o/kubernetes/job.yaml").contains("completions: 5\n"))
  }
}
