// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

// What traffic, requests and events refer to by name.

extension TrafficSection {
  mutating func rename(_ names: ScenarioNames) {
    trace?.from?.entries.renameEach(names)
    if case .nodes(var shares) = trace?.to {
      shares.entries.renameEach(names)
      trace?.to = .nodes(shares)
    }
    jobs?.rename(names)
    inference?.from?.value.rename(names)
    // Taken once: it has a copy of all names in it.
    let node = names.node
    let haveOthers = names.links.haveNodesOtherNames
    flows?.mutateEach { flow in
      if haveOthers {
        flow.from?.rename(node)
        flow.to?.rename(node)
      }
      flow.path?.value.renameEach(names)
    }
    generate?.path?.value.renameEach(names)
    generate?.pairs?.renameEach(names)
    generate?.weights?.entries.renameEach(names)
    demand?.rename(names)
    tokens?.rename(names)
    elastic?.rename(names)
    transfers?.mutateEach { transfer in
      transfer.from?.rename(names.node)
      transfer.to?.rename(names.node)
      transfer.path?.value.renameEach(names)
    }
  }
}

extension DemandSection {
  fileprivate mutating func rename(_ names: ScenarioNames) {
    from?.rename(names.node)
    to?.rename(names.node)
    path?.value.renameEach(names)
    paths?.mutateEach { $0.links.value.renameEach(names) }
    pairs?.renameEach(names)
    weights?.entries.renameEach(names)
  }
}

extension ElasticSection {
  fileprivate mutating func rename(_ names: ScenarioNames) {
    from?.rename(names.node)
    to?.rename(names.node)
    path?.value.renameEach(names)
    pairs?.renameEach(names)
    weights?.entries.renameEach(names)
  }
}

extension TokensSection {
  fileprivate mutating func rename(_ names: ScenarioNames) {
    if case .nodes(var entries) = from.value {
      entries.renameEach(names)
      from.value = .nodes(entries)
    }
    if case .nodes(var entries) = to.value {
      entries.mutateEach { $0.node.rename(names.node) }
      to.value = .nodes(entries)
    }
  }
}

extension JobsSection {
  fileprivate mutating func rename(_ names: ScenarioNames) {
    from?.value.rename(names)
    input?.from.value.rename(names)
    output?.to.rename(names.node)
  }
}

extension PlaceList {
  fileprivate mutating func rename(_ names: ScenarioNames) {
    switch self {
    case .list(var nodes):
      nodes.renameEach(names.node)
      self = .list(nodes)
    case .shares(.nodes(var shares)):
      shares.entries.renameEach(names)
      self = .shares(.nodes(shares))
    case .shares: break
    }
  }
}

extension RequestsSection {
  mutating func rename(_ names: ScenarioNames) {
    list?.mutateEach { request in
      request.from.rename(names.node)
      request.to.rename(names.node)
    }
    generate?.pairs?.renameEach(names)
    generate?.weights?.entries.renameEach(names)
  }
}

extension EventSection {
  mutating func rename(_ names: ScenarioNames) {
    link?.rename(names.links.line)
    fail?.rename(names.links.line)
    repair?.rename(names.links.line)
    cut?.rename(names.fibres.line)
    mend?.rename(names.fibres.line)
    amplifier?.rename(names.fibres.line)
    transponder?.rename(names.links.line)
  }
}

extension [PairSection] {
  fileprivate mutating func renameEach(_ names: ScenarioNames) {
    mutateEach { pair in
      pair.from.rename(names.node)
      pair.to.rename(names.node)
    }
  }
}

extension [NodeWeights.Entry] {
  fileprivate mutating func renameEach(_ names: ScenarioNames) {
    mutateEach { $0.node.rename(names.node) }
  }
}

extension [Written<String>] {
  fileprivate mutating func renameEach(_ names: ScenarioNames) {
    mutateEach { $0.value = names.links.line($0.value) }
  }
}
