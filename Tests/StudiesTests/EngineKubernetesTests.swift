// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import YAMLReader

@testable import Studies

@Suite struct EngineKubernetesTests {
  private func files(_ sections: String = "seeds: 4", shards: Int = 12) throws -> KubernetesFiles {
    try KubernetesFiles(
      try EngineSample(sections).task(), shards: shards, inputs: ["/shared/in/s.yaml"])
  }

  /// The manifest as YAML has it, and its values by their paths.
  private func manifest(_ files: KubernetesFiles) throws -> [String: String] {
    var problems = Problems(file: "job.yaml")
    let root = try #require(Node.read(Array(files.job.utf8), problems: &problems))
    #expect(problems.isEmpty, "\(problems.all)")
    var values: [String: String] = [:]
    collect(root, at: "", into: &values)
    return values
  }

  private func collect(_ node: Node, at path: String, into values: inout [String: String]) {
    switch node.content {
    case .mapping(let entries):
      for entry in entries {
        collect(entry.value, at: path.isEmpty ? entry.key : "\(path).\(entry.key)", into: &values)
      }
    case .sequence(let elements):
      for (index, element) in elements.enumerated() {
        collect(element, at: "\(path)[\(index)]", into: &values)
      }
    case .scalar(let scalar): values[path] = scalar.text
    default: values[path] = ""
    }
  }

  @Test func theJobIsIndexedAndHasAPodForEachShard() throws {
    let values = try manifest(files())
    let expected = [
      "apiVersion": "batch/v1", "kind": "Job", "metadata.name": "cpnsim-a-study",
      "spec.completionMode": "Indexed", "spec.completions": "12", "spec.parallelism": "12",
      "spec.backoffLimitPerIndex": "3", "spec.podReplacementPolicy": "Failed",
      "spec.template.spec.restartPolicy": "Never",
    ]
    for (path, value) in expected { #expect(values[path] == value, "\(path)") }
  }

  /// Clusters know plain letters alone; studies without any, or alike in these, still have two names.
  @Test func studiesOfOtherLettersAreApart() throws {
    let long = String(repeating: "long ", count: 12)
    let studies = ["中文", "研究", "Größe 2", "Grüße 2", long + "1", long + "2", "---", "A: b"]
    let sample = try EngineSample().task()
    let names = studies.map { name in
      var task = sample
      task.study = name
      return task.label(lowercase: true, most: 52)
    }
    #expect(Set(names).count == names.count, "\(names)")
    for name in names {
      #expect(name.utf8.count <= 52)
      #expect(name.wholeMatch(of: /cpnsim(-[a-z0-9]+)+/) != nil, "\(name)")
    }
    #expect(names[2].hasPrefix("cpnsim-gr-e-2-") && names[7] == "cpnsim-a-b")
  }

  /// Our mistakes and runs that fail are not tried again; pods that were told to go are.
  @Test func exitCodesSayWhetherAPodIsTriedAgain() throws {
    let values = try manifest(files())
    let rules = "spec.podFailurePolicy.rules"
    let expected = [
      "\(rules)[0].action": "FailIndex", "\(rules)[0].onExitCodes.operator": "In",
      "\(rules)[0].onExitCodes.values[0]": "2", "\(rules)[0].onExitCodes.values[1]": "4",
      "\(rules)[1].action": "Ignore", "\(rules)[1].onExitCodes.values[0]": "75",
      "\(rules)[2].action": "Ignore", "\(rules)[2].onPodConditions[0].type": "DisruptionTarget",
      "\(rules)[2].onPodConditions[0].status": "True",
    ]
    for (path, value) in expected { #expect(values[path] == value, "\(path)") }
    let container = "spec.template.spec.containers[0]"
    #expect(values["\(rules)[0].onExitCodes.containerName"] == values["\(container).name"])
  }

  @Test func aPodFindsItsShardAndTheSharedFolder() throws {
    let values = try manifest(files("slurm: {memory: 1 GiB, at_once: 5}"))
    let pod = "spec.template.spec"
    let words = (0..<9).map { values["\(pod).containers[0].args[\($0)]"] }
    #expect(
      words == [
        "sweep", "/shared/s.yaml", "--out", "/shared/out", "--shard", "auto", "--jobs", "2",
        "--quiet",
      ])
    let expected = [
      "\(pod).containers[0].env[0].name": "CPNSIM_SHARDS",
      "\(pod).containers[0].env[0].value": "12",
      "\(pod).containers[0].volumeMounts[0].mountPath": "/shared",
      "\(pod).volumes[0].name": "shared", "spec.parallelism": "5",
      "\(pod).containers[0].resources.requests.cpu": "2",
      "\(pod).containers[0].resources.limits.memory": "1024Mi",
    ]
    for (path, value) in expected { #expect(values[path] == value, "\(path)") }
  }

  /// What a pod finds in its environment is the shard that the manifest means.
  @Test func allPodsTogetherAreTheStudy() throws {
    let count = try #require(Int(try manifest(files())["spec.completions"] ?? ""))
    let shards = try (0..<count).map { index in
      try ArrayTask {
        ["JOB_COMPLETION_INDEX": "\(index)", "CPNSIM_SHARDS": "\(count)"][$0]
      }.shard().index
    }
    #expect(shards == Array(1...12))
  }

  @Test func theImageIsTheProgramAlone() throws {
    let lines = try files().containerfile.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      lines == ["FROM scratch", "COPY [\"cpnsim\", \"/cpnsim\"]", "ENTRYPOINT [\"/cpnsim\"]"])
  }

  @Test func allThatIsReadIsInOneFolder() throws {
    #expect(KubernetesFiles.folder(of: ["/a/b/c", "/a/b/d/e"]) == "/a/b")
    #expect(KubernetesFiles.folder(of: ["/a/b/c", "/a/bd/e"]) == "/a")
    #expect(KubernetesFiles.folder(of: ["/a/b/../c", "/a/b/./d/e"]) == "/a")
    #expect(KubernetesFiles.folder(of: ["/a/b", "/c/d"]) == nil)
    let task = try EngineSample().task(file: "/home/me/s.yaml")
    let error = #expect(throws: NoSharedFolder.self) {
      try KubernetesFiles(task, shards: 2, inputs: [])
    }
    #expect(error?.description.contains("/home/me/s.yaml, /shared/out") == true)
  }
}
