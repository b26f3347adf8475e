// SPDX-License-Identifier: GPL-3.0-or-later
import Session

extension FindingCase {
  /// One of each subject, at least.
  static let all = network + refused + late + others

  private static let network = [
    // Above 90 % for the second of two hours.
    FindingCase(
      .fullLink,
      "ab was above 90 % for 1 h of 2 h, most of all up to 01:10 (95.0 %).",
      "ab 在 2 h 中有 1 h 超过 90 %，至 01:10 时最高（95.0 %）。",
      planted: "9.5 Gbps", counter: "9 Gbps",
      triangle("traffic: [{demand: {name: live, from: a, to: b, rate: VALUE, start: 1 h}}]")),
    // Two flows of 80 s, of which the first has its link for itself.
    FindingCase(
      .holdingLink,
      "ab was full and held flows back for 50.0 % of all flow time.",
      "ab 曾占满，使流受限，占全部流时间的 50.0 %。", planted: "20 Gbps", counter: "1 Gbps",
      triangle(
        """
        classes: [{name: main, ceiling: VALUE}, {name: slow, ceiling: 1 Gbps}]
        traffic:
          - {class: main, flows: [{flow: f, from: a, to: b, size: 100 GB}]}
          - {class: slow, flows: [{flow: g, from: b, to: c, size: 10 GB}]}
        """, samples: false)),
    // The flow goes by c and comes home, so that it changes its way twice.
    FindingCase(
      .failedLink,
      "ab was down from 00:30 to 01:00: flows moved 2 times.",
      "ab 自 00:30 至 01:00 中断：流改道 2 次。",
      planted: "fail: ab}, {at: 1 h, repair: ab", counter: "link: ab, capacity: 5 Gbps",
      triangle(
        """
        classes: [{name: main, on_failure: move}]
        traffic: [{class: main, flows: [{flow: f, from: a, to: b, size: 8 TB}]}]
        events: [{at: 30 min, VALUE}]
        """)),
    FindingCase(
      .failedPool,
      "Pools or accelerators failed 1 time: jobs had to start again 1 time.",
      "算力池或加速器故障 1 次：作业须重新开始 1 次。",
      planted: "events: [{at: 1 h, fail_pool: p, for: 1 h}]", counter: "",
      pools("{job: x, accelerators: 8, run: 2 h}", more: "VALUE")),
  ]

  private static let refused = [
    // A node takes 0.0299 s for a request of chat (73,700 tokens in a second, 14,800 out), which is
    // 1365.8 tokens: 45,600 tokens a second of a million, and so 7.2 G less 0.33 G are left.
    FindingCase(
      .refusedTokens,
      "95.4 % of the tokens asked for (6.87 G of them) had no site with room, 0:00-2:00.",
      "tokens 的请求量中有 95.4 %（6.87 G）没有站点可容纳，时段为 0:00-2:00。",
      planted: "1e6", counter: "1e3", tokens("VALUE tokens/s")),
    // One channel, and two lightpaths that want it at once.
    FindingCase(
      .blockedRequests,
      "1 of 2 requests for lightpaths was blocked (50.0 %), most for no channel.",
      "2 个光路请求中有 1 个被阻塞（50.0 %），主要因为无空闲波道。",
      planted: "10 min", counter: "2 h",
      """
      duration: 4 h
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light:
        grid: {first: 193.1 THz, spacing: 75 GHz, channels: 1}
        reach: [{rate: 400 Gbps}]
        requests:
          - list:
              - {request: r, start: 0 s, from: a, to: b, rate: 400 Gbps, hold: 1 h}
              - {request: s, start: VALUE, from: a, to: b, rate: 400 Gbps, hold: 1 h}
      """),
    // 20 TB do not go over 10 Gbps in an hour; a transfer that asks for no window is none of them.
    FindingCase(
      .refusedWindows,
      "1 of 2 transfers that asked for a window got none (50.0 %).",
      "2 次请求时间窗的传输中有 1 次未得到（50.0 %）。",
      planted: "20 TB", counter: "1 TB",
      triangle(
        """
        reservations: {paths: 1}
        traffic:
          - transfers:
              - {name: t, from: a, to: b, size: VALUE, deadline: 1 h, reserve: true}
              - {name: u, from: b, to: c, size: 1 TB, deadline: 1 h, reserve: true}
              - {name: v, from: b, to: c, size: 1 TB, deadline: 1 h}
        """)),
    // Ten floors of 1 Gbps fit; the others do not wait.
    FindingCase(
      .refusedElastic,
      "2 of 12 elastic flows were refused (16.7 %).", "12 条弹性流中有 2 条被拒绝（16.7 %）。",
      planted: "12", counter: "10", elastic("admission: {order: [accept]}", count: "VALUE")),
    // No pool has sixteen.
    FindingCase(
      .refusedJobs,
      "1 of 2 jobs was refused (50.0 %).", "2 个作业中有 1 个被拒绝（50.0 %）。",
      planted: "16", counter: "8",
      pools("{job: x, accelerators: VALUE, run: 1 h}, {job: y, accelerators: 8, run: 1 h}")),
    FindingCase(
      .lostDemands,
      "50.0 % of what demands sent was lost, most of it live, for overload.",
      "恒定需求发送的数据丢失 50.0 %，以 live 最多，原因是过载。",
      planted: "20 Gbps", counter: "9 Gbps",
      triangle("traffic: [{demand: {name: live, from: a, to: b, rate: VALUE}}]")),
  ]

  private static let late = [
    // 1 TB at 10 Gbps takes 800 s and the millisecond.
    FindingCase(
      .lateFlows,
      "1 of 1 flow missed its deadline (100.0 %), by 8.33 min on average where they were done.",
      "1 条流中有 1 条错过截止时间（100.0 %），其中完成的平均晚 8.33 min。",
      planted: "5 min", counter: "15 min",
      triangle(
        "traffic: [{flows: [{flow: f, from: a, to: b, size: 1 TB, deadline: VALUE}]}]")),
    // The second waits for an hour, and is done after two.
    FindingCase(
      .lateJobs,
      "1 of 2 jobs missed its deadline (50.0 %), by 30 min on average where they were done.",
      "2 个作业中有 1 个错过截止时间（50.0 %），其中完成的平均晚 30 min。",
      planted: "90 min", counter: "2 h",
      pools(
        "{job: x, accelerators: 8, run: 1 h, deadline: 1 h}, "
          + "{job: y, accelerators: 8, run: 1 h, deadline: VALUE}")),
    // 100 GB at 1 Gbps take 800 s; the link is down for as long.
    FindingCase(
      .lateElastic,
      "1 of 1 elastic flow missed its deadline (100.0 %).",
      "1 条弹性流中有 1 条错过截止时间（100.0 %）。",
      planted: "1.5", counter: "3",
      elastic("deadline: {slack: VALUE}", count: "1")
        + "\nevents: [{at: 2 min, fail: ab}, {at: 920 s, repair: ab}]"),
    FindingCase(
      .jobsOutOfTime,
      "1 job ran out of the time that it had asked for.", "1 个作业用尽了所申请的时间。",
      planted: "30 min", counter: "1 h",
      pools("{job: x, accelerators: 8, run: 1 h, requested: VALUE}")),
    // Ten thousand tokens in at as many a second, and nobody else; 99 steps of 40 ms for 100 tokens.
    FindingCase(
      .lateAnswers,
      "100.0 % of requests were not answered as promised; at the 99th percentile the first token took 1 s, "
        + "each other 39.6 ms.",
      "100.0 % 的推理请求未按承诺得到应答；首词元时延的 99 分位为 1 s，词元间隔为 39.6 ms。",
      planted: "900 ms", counter: "1100 ms", requests(promised: "VALUE")),
    // No step of an engine is shorter than 45 ms.
    FindingCase(
      .lateTokens,
      "100.0 % of requests for tokens were not answered as promised; at the 99th percentile the first "
        + "token took 102 ms, each other 45.9 ms.",
      "100.0 % 的词元请求未按承诺得到应答；首词元时延的 99 分位为 102 ms，词元间隔为 45.9 ms。",
      planted: "10 ms", counter: "1 s", tokens("1e4 tokens/s", engines: "{slo: {ttft: VALUE}}")),
  ]

  private static let others = [
    // One of two pools for five of ten hours; or both of them for more than half of it.
    FindingCase(
      .idlePools,
      "Accelerators of pools were used for 25.0 % of the time; 1 of 2 pools ran nothing.",
      "算力池的加速器仅有 25.0 % 的时间在用；2 个池中有 1 个没有运行任何作业。",
      planted: "", counter: ", {job: y, accelerators: 8, run: 6 h}",
      pools("{job: x, accelerators: 8, run: 5 h}VALUE").replacing(", to: {pool: p}", with: "")),
    // A thousand tokens a second of 45,600.
    FindingCase(
      .idleNodes,
      "Nodes that serve tokens were used for 2.2 % of the time.", "服务词元的节点仅有 2.2 % 的时间在用。",
      planted: "1e3", counter: "1e6", tokens("VALUE tokens/s")),
    FindingCase(
      .idleLinks,
      "6 of 9 links never passed 10.0 %.", "9 条链路中有 6 条从未超过 10.0 %。",
      planted: "3", counter: "8",
      """
      duration: 2 h
      network:
        links:
      \((0..<9).map { "    - {name: l\($0), from: n\($0), to: n\($0 + 1), capacity: 10 Gbps}" }.joined(separator: "\n"))
      traffic: [{demand: {name: live, from: n0, to: nVALUE, rate: 5 Gbps}}]
      outputs: [summary, links]
      sample_every: 10 min
      """),
    // 1 MW for ten hours at 0.5 yuan/kWh; and a pool of which nobody knows what it takes.
    FindingCase(
      .energyCost,
      "Pools took 12.5 MWh (PUE 1.25) for 6.25 k yuan, and 5 t of carbon.",
      "算力池耗电 12.5 MWh（PUE 1.25），电费 6.25 k 元，碳排放 5 t。",
      planted: "it_power: 1 MW", counter: "accelerator: XPU, count: 8",
      """
      duration: 10 h
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, VALUE, tariff: t, pue: 1.25}]}
      energy: {tariffs: [{name: t, flat: 0.5 yuan/kWh, hours: {}, carbon: 0.4 kg/kWh}]}
      traffic: [{jobs: {name: j, list: [{job: x, accelerators: 1, run: 1 h}]}}]
      """),
    // Two flows on one link, or one that is never there for a whole sample.
    FindingCase(
      .widerLink,
      "A wider ab would help flows most: it held them back for 100.0 % of their time.",
      "扩容 ab 对各条流帮助最大：它使流受限，占其时间的 100.0 %。",
      planted: "4 TB", counter: "1 GB",
      triangle("traffic: [{flows: [{flow: f, from: a, to: b, size: VALUE}]}]")),
    FindingCase(
      .ceilings,
      "Wider links would hardly help flows: 100.0 % of their time was at the ceiling of their class, "
        + "most of it main.",
      "扩容链路对各条流几乎没有帮助：其时间的 100.0 % 受限于所属类别的速率上限，以 main 为主。",
      planted: "1 Gbps", counter: "20 Gbps",
      triangle(
        """
        classes: [{name: main, ceiling: VALUE}]
        traffic: [{class: main, flows: [{flow: f, from: a, to: b, size: 400 GB}]}]
        """)),
  ]
}
