// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import Studies
internal import Text

/// `--engine kubernetes`: writes what runs a study on Kubernetes, and submits nothing.
struct KubernetesEngine {
  private let cluster: ClusterStudy
  private let shards: Int?

  init(_ cluster: ClusterStudy, shards: Int?) {
    self.cluster = cluster
    self.shards = shards
  }

  func write() throws {
    let folder = try cluster.folder.prepare(for: cluster.plan, engine: KubernetesFiles.folder)
    let task = try cluster.task()
    let holes = try Holes(in: cluster.plan, of: cluster.folder)
    let sizing = try cluster.sizing(holes, shards: shards)
    let count =
      shards ?? sizing.count(cluster.plan.study, left: holes, most: KubernetesFiles.mostShards)
    let files = try KubernetesFiles(
      task, shards: count, inputs: cluster.inputs.map(ClusterStudy.absolute))
    try cluster.write(files.job, to: "\(folder)/job.yaml")
    try cluster.write(files.containerfile, to: "\(folder)/Containerfile")
    if !ProgramFile.isStatic {
      StandardError.write(
        "warning: this program needs libraries of this machine, which the image does not have; plan, "
          + "run and gather with the one of `make static`, as each build keeps its own runs\n")
    }
    cluster.say(
      "wrote job.yaml for \(counted(count, "shard")) and Containerfile to \(folder); "
        + "nothing was submitted\n")
  }
}

/// The file of the running program.
enum ProgramFile {
  /// Whether it needs no dynamic linker: its ELF header names none.
  static var isStatic: Bool {
    let descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var head = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &head, head.count)
    // 64 bits, little-endian: https://refspecs.linuxfoundation.org/elf/elf.pdf
    guard count >= 64, head[0..<5].elementsEqual([0x7F, 0x45, 0x4C, 0x46, 2]) else { return false }
    func number(at place: Int, bytes: Int) -> Int {
      (0..<bytes).reversed().reduce(0) { $0 << 8 | Int(head[place + $1]) }
    }
    let (first, size, entries) =
      (number(at: 32, bytes: 6), number(at: 54, bytes: 2), number(at: 56, bytes: 2))
    let interpreter = 3
    return (0..<entries).allSatisfy { entry in
      let place = first + entry * size
      return place + 4 > count || number(at: place, bytes: 4) != interpreter
    }
  }
}
