// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import TestSupport
import Testing

@testable import Simulator

@Suite struct AdmissionLineTests {
  private struct Plain: Equatable {
    var flow: ElasticID
    var number: Int
    var wish: AdmissionLine.Wish
    var isAlone: Bool
  }

  /// Who comes first in a plain list of all that wait, tried until one of each row is not let in.
  ///
  /// That is what a row is for: room only becomes less while they are tried.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func rowsGoByWhoIsFirst(seed: UInt64) throws {
    var random = RandomStream(seed: seed, name: "line")
    var line = AdmissionLine()
    var plain: [Plain] = []
    var numbers = [0, 0, 0]
    for step in 0..<600 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0..<5:
        let entry = Int.random(in: 0..<3, using: &random)
        let links = Array((0..<Int.random(in: 1..<4, using: &random)).map { LinkID(index: $0) })
        let wish = AdmissionLine.Wish(entry: entry, asked: step % 2, links: links)
        numbers[entry] += 1
        let new = Plain(
          flow: ElasticID(step), number: numbers[entry], wish: wish, isAlone: entry == 2)
        plain.append(new)
        line.append(new.flow, number: new.number, wish: wish, alone: new.isAlone)
      case 5:
        let entry = Int.random(in: 0..<3, using: &random)
        let number = Int.random(in: 0...numbers[entry], using: &random)
        let place = plain.firstIndex { $0.wish.entry == entry && $0.number == number }
        let gone = line.remove(number: number, ofEntry: entry)
        #expect(gone?.flow == place.map { plain[$0].flow })
        guard let place, let gone else { continue }
        let before = Set(plain[..<place].filter { !$0.isAlone }.map(\.wish))
        let alone = plain[..<place].count { $0.isAlone }
        #expect(gone.rowsBefore == before.count + alone)
        plain.remove(at: place)
      default:
        // The same luck for both, whoever is tried.
        let luck = UInt64.random(in: .min ... .max, using: &random)
        #expect(tryAll(&line, luck: luck) == tryAll(&plain, luck: luck))
      }
      #expect((line.count == 0) == plain.isEmpty)
    }
    while line.count > 0 {
      #expect(line.head(at: 0) == plain[0].flow && line.wish(at: 0) == plain[0].wish)
      line.removeHead(at: 0)
      plain.removeFirst()
    }
    #expect(plain.isEmpty)
  }

  private func isLucky(_ flow: ElasticID, _ luck: UInt64) -> Bool {
    var random = RandomStream(seed: luck, name: "\(flow)")
    return Bool.random(using: &random)
  }

  private func tryAll(_ line: inout AdmissionLine, luck: UInt64) -> [ElasticID] {
    var letIn: [ElasticID] = []
    var place = 0
    while place < line.count {
      let head = line.head(at: place)
      guard isLucky(head, luck) else {
        place += 1
        continue
      }
      letIn.append(head)
      line.removeHead(at: place)
    }
    return letIn
  }

  private func tryAll(_ plain: inout [Plain], luck: UInt64) -> [ElasticID] {
    var letIn: [ElasticID] = []
    var hopeless: Set<AdmissionLine.Wish> = []
    for waiting in plain where waiting.isAlone || !hopeless.contains(waiting.wish) {
      if isLucky(waiting.flow, luck) {
        letIn.append(waiting.flow)
      } else if !waiting.isAlone {
        hopeless.insert(waiting.wish)
      }
    }
    plain.removeAll { letIn.contains($0.flow) }
    return letIn
  }
}
