// SPDX-License-Identifier: GPL-3.0-or-later
internal import Session

/// What runs a study on Kubernetes: the manifest of an Indexed Job, and the file of its image.
public struct KubernetesFiles: Sendable {
  private let task: ClusterTask
  private let count: Int
  /// The folder of which all paths are, which each pod finds under the same path.
  private let shared: String

  public static let folder = "kubernetes"
  /// An Indexed Job with more pods than this may not run all of them at once.
  public static let mostShards = 10_000

  /// Throws where the study and its folder have no folder in common but the root.
  public init(
    _ task: ClusterTask, shards count: Int, inputs: [String]
  ) throws(NoSharedFolder) {
    self.task = task
    self.count = count
    let paths = [task.file, task.folder] + inputs
    guard let shared = Self.folder(of: paths) else { throw NoSharedFolder(paths: paths) }
    self.shared = shared
  }

  /// The deepest folder in which all paths are.
  static func folder(of paths: [String]) -> String? {
    let parts = paths.map { steps(of: $0).dropLast() }
    guard var common = parts.first else { return nil }
    for other in parts {
      common = common.prefix(zip(common, other).prefix { $0 == $1 }.count)
    }
    return common.isEmpty ? nil : "/" + common.joined(separator: "/")
  }

  /// The parts of a path, without those that lead up again.
  private static func steps(of path: String) -> [Substring] {
    path.split(separator: "/").reduce(into: []) { steps, step in
      if step == ".." {
        _ = steps.popLast()
      } else if step != "." {
        steps.append(step)
      }
    }
  }

  private static let image = "cpnsim:\(Version.text)"

  // MARK: - The image

  public var containerfile: String {
    let slash = task.program.lastIndex(of: "/") ?? task.program.startIndex
    let context = slash == task.program.startIndex ? "/" : String(task.program[..<slash])
    let name = String(task.program[task.program.index(after: slash)...])
    return """
      # The program alone, which needs nothing else: it has to be the one of `make static`.
      #   podman build --tag \(Self.image) --file Containerfile \(Quoting.shell(context))
      FROM scratch
      COPY [\(Quoting.yaml(name)), "/cpnsim"]
      ENTRYPOINT ["/cpnsim"]

      """
  }

  // MARK: - The job

  public var job: String {
    """
    # Written by cpnsim sweep --engine kubernetes; nothing was submitted. Look at image and claimName,
    # then: kubectl apply --filename job.yaml. Once the job has ended, this gathers:
    #   \(([task.program] + task.gatherWords).map(Quoting.shell).joined(separator: " "))
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: \(task.label(lowercase: true, most: 52))
    spec:
      completionMode: Indexed
      completions: \(count)
      parallelism: \(min(count, task.request.atOnce ?? count))
      # A pod that fails for no reason of ours is tried again; each shard has its own count.
      backoffLimitPerIndex: 3
      # Never two pods at one shard.
      podReplacementPolicy: Failed
      podFailurePolicy:
        rules:
          # 2 is a mistake in the study or a full disk, 4 that some of its runs fail: more pods
          # would fail as well.
          - action: FailIndex
            onExitCodes: {containerName: cpnsim, operator: In, values: [2, 4]}
          # The pod was told to go and has kept its runs, or was evicted: another one goes on.
          - action: Ignore
            onExitCodes: {containerName: cpnsim, operator: In, values: [\(SlurmScripts.earlyCode)]}
          - action: Ignore
            onPodConditions: [{type: DisruptionTarget, status: "True"}]
      template:
        spec:
          restartPolicy: Never
          # What a pod that is told to go has to finish its runs, in seconds.
          terminationGracePeriodSeconds: 120
          containers:
            - name: cpnsim
              image: \(Self.image)
              args: [\(task.shardWords.map(Quoting.yaml).joined(separator: ", "))]
              env:
                - {name: \(ArrayTask.countVariable), value: "\(count)"}
              resources:
    \(resources)
              volumeMounts:
                - {name: shared, mountPath: \(Quoting.yaml(shared))}
          volumes:
            - name: shared
              # A claim on a volume that many machines may write: what \(shared) is here.
              persistentVolumeClaim: {claimName: cpnsim-shared}

    """
  }

  private var resources: String {
    let memory = task.request.mebibytes.map { ", memory: \($0)Mi" } ?? ""
    let limits = task.request.mebibytes.map { "\n            limits: {memory: \($0)Mi}" } ?? ""
    return "            requests: {cpu: \(task.jobs)\(memory)}\(limits)"
  }
}

/// A study whose files lie apart, so that no volume has them all.
public struct NoSharedFolder: Error, CustomStringConvertible {
  let paths: [String]

  public var description: String {
    "found \(paths.joined(separator: ", ")), which have only / in common; "
      + "expected the study, what it reads and --out in one folder that all pods share"
  }
}
