// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension World {
  mutating func addTrace() {
    var section: Section
    switch draw.int(0...3) {
    case 0: section = flowTrace()
    case 1: section = requestTrace()
    case 2: section = jobTrace()
    default: section = swfTrace()
    }
    if draw.chance(0.2) { section["time_factor"] = .number(draw.pick([0.5, 2])) }
    if draw.chance(0.2) { section["size_factor"] = .number(draw.pick([0.25, 2])) }
    if draw.chance(0.2) { section["repeat"] = .number(2) }
    if draw.chance(0.2) { section["start"] = time(0.01, 0.2) }
    traffic.append(Section(["trace": section.node]).node)
  }

  /// Instants in order, in seconds with six decimals.
  private mutating func instants(_ count: Int) -> [Double] {
    (0..<count).map { _ in (duration * draw.scale(0.001, 0.8) * 1e6).rounded() / 1e6 }.sorted()
  }

  private mutating func flowTrace() -> Section {
    let file = name("flows") + ".csv"
    var text = "flow,start_s,source,target,bytes,path,class,deadline_s\n"
    var rows: [String] = []
    // Lossless classes are checked as rows are read; they stay out of it.
    for start in instants(draw.int(2...30)) {
      let bytes = Int(typicalSize * draw.scale(0.05, 5)) + 1
      let trafficClass = draw.chance(0.3) ? className(lossless: false) : "default"
      var row = "\(name("row")),\(start),"
      if !loose.isEmpty, draw.chance(0.2) {
        row += ",,\(bytes),\(draw.pick(loose)),\(trafficClass),"
      } else {
        let (from, to) = draw.two(of: nodes)
        row += "\(from),\(to),\(bytes),,\(trafficClass),"
      }
      if draw.chance(0.2) { row += "\(start + duration / 10)" }
      rows.append(row + "\n")
    }
    let isSorted = draw.chance(0.8)
    text += (isSorted ? rows : rows.reversed()).joined()
    files.append((file, text))
    var section = Section(["file": .text(file)])
    if !isSorted { section["sort"] = .bool(true) }
    return section
  }

  private mutating func places(_ file: String, format: String) -> Section {
    let (_, to) = draw.two(of: nodes)
    return Section([
      "file": .text(file), "format": .text(format), "name": .text(name("tr")), "from": weights(),
      "to": .text(to),
    ])
  }

  private mutating func requestTrace() -> Section {
    let isJSON = draw.chance(0.5)
    let file = name("requests") + (isJSON ? ".jsonl" : ".csv")
    var text = isJSON ? "" : "timestamp_s,input_tokens,output_tokens\n"
    for start in instants(draw.int(2...30)) {
      let tokens = (draw.int(1...2000), draw.int(1...500))
      text +=
        isJSON
        ? "{\"timestamp_s\": \(start), \"input_tokens\": \(tokens.0), \"output_tokens\": \(tokens.1)}\n"
        : "\(start),\(tokens.0),\(tokens.1)\n"
    }
    files.append((file, text))
    var section = places(file, format: "requests")
    section["bytes_per_token"] =
      Section([
        "input": .size(typicalSize / 1000), "output": .size(typicalSize / 300),
      ]).node
    return section
  }

  private mutating func jobTrace() -> Section {
    let file = name("jobs") + ".csv"
    var text = "job_id,submission_time,requested_number_of_resources,execution_time\n"
    for start in instants(draw.int(2...20)) {
      text += "\(name("j")),\(start),\(draw.int(1...64)),\(duration * draw.scale(0.001, 0.2))\n"
    }
    files.append((file, text))
    var section = places(file, format: "jobs")
    section["bytes_per_job"] =
      Section([
        "input": .size(typicalSize), "output": .size(typicalSize / 2),
      ]).node
    return section
  }

  private mutating func swfTrace() -> Section {
    let file = name("log") + ".swf"
    var text = "; MaxNodes: 64\n"
    for (index, start) in instants(draw.int(2...20)).enumerated() {
      let length = draw.int(1...max(2, Int(duration / 10)))
      text +=
        "\(index + 1) \(Int(start) + index) 1 \(length) 4 -1 -1 4 \(length) -1 1 1 1 1 1 1 -1 -1\n"
    }
    files.append((file, text))
    var section = places(file, format: "swf")
    section["bytes_per_processor"] =
      Section([
        "input": .size(typicalSize / 4), "output": .size(0),
      ]).node
    return section
  }

  // MARK: - Events

  mutating func drawEvents() {
    var all: [Node] = []
    if !links.isEmpty, draw.chance(0.5) {
      for _ in 0..<draw.int(1...4) { all.append(linkEvent()) }
    }
    if !fibres.isEmpty, draw.chance(0.5) {
      for _ in 0..<draw.int(1...3) { all.append(fibreEvent()) }
    }
    if !all.isEmpty { root["events"] = .list(all) }
  }

  private mutating func linkEvent() -> Node {
    let link = draw.pick(links)
    var section = Section(["at": time(0.01, 0.9)])
    if draw.chance(0.4) {
      section["link"] = .text(link)
      section["capacity"] = .rate(rate * draw.pick([0.1, 0.7, 2, 4]))
    } else {
      section["fail"] = .text(link)
      section["for"] = time(0.01, 0.3)
    }
    return section.node
  }

  private mutating func fibreEvent() -> Node {
    var section = Section(["at": time(0.01, 0.9)])
    switch draw.int(0...2) {
    case 0 where !litLinks.isEmpty: section["transponder"] = .text(draw.pick(litLinks))
    case 1: section["amplifier"] = .text(draw.pick(fibres))
    default: section["cut"] = .text(draw.pick(fibres))
    }
    section["for"] = time(0.001, 0.3)
    return section.node
  }
}
