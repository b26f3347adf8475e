// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import YAMLReader

@Suite struct SettingTests {
  private let text = """
    seed: 1
    links:
      - {name: l0, capacity: 1 Gbps}
      - {name: l1, capacity: 2 Gbps}
    nodes: [a, {name: b}]
    weights: {x.y: 1}
    """

  private func apply(_ setting: String) throws -> (node: Node, problems: [String]) {
    var problems = Problems(file: "f.yaml")
    var node = try #require(tree(text).node)
    if let setting = Setting(setting, problems: &problems) {
      node.apply(setting, problems: &problems)
    }
    return (node, problems.all.map(\.description))
  }

  @Test(arguments: [
    ("seed=2", "seed: 1", "seed: 2"),
    ("links[1].capacity=400 Gbps", "2 Gbps", "400 Gbps"),
    ("links[l1].capacity=400 Gbps", "2 Gbps", "400 Gbps"),
    ("links[0].delay=1 ms", "1 Gbps}", "1 Gbps, delay: 1 ms}"),
    ("links[l0]={name: z}", "{name: l0, capacity: 1 Gbps}", "{name: z}"),
    ("nodes[a]=c", "[a,", "[c,"),
    ("nodes[b].name=c", "{name: b}", "{name: c}"),
    ("weights[x.y]=2", "x.y: 1", "x.y: 2"),
    ("seed=[1, {a: b}]", "seed: 1", "seed: [1, {a: b}]"),
  ])
  func aSettingIsTheSameAsWritingIt(setting: String, from: String, to: String) throws {
    let changed = try apply(setting)
    #expect(changed.problems == [])
    #expect(changed.node.json == tree(text.replacing(from, with: to)).node?.json)
  }

  @Test(arguments: [
    ("seed", "--set seed: found \"seed\", expected path=value"),
    ("=3", "--set =3: found \"=3\", expected path=value"),
    ("a..b=3", "--set a..b: not a path; a path looks like network.links[0].capacity"),
    ("seed=", "--set seed: the value: is empty"),
    (
      "seed=[1",
      "--set seed: the value: while parsing a flow sequence that starts in line 1: "
        + "did not find expected ',' or ']'"
    ),
    ("seed=*x", "--set seed: the value: aliases (*x) are not supported; write the value out"),
    (
      "linsk[0].capacity=1 Gbps",
      "--set linsk[0].capacity: in the file: unknown key \"linsk\"; did you mean \"links\"? "
        + "(known: seed, links, nodes, weights)"
    ),
    ("links[2].capacity=1 Gbps", "--set links[2].capacity: links has elements 0 to 1, not 2"),
    (
      "links[l2].capacity=1 Gbps",
      "--set links[l2].capacity: in links: unknown name \"l2\"; did you mean \"l0\"? "
        + "(known: l0, l1); links[+] adds an element"
    ),
    ("links.l0=1", "--set links.l0: links is a list of 2; write links[0] or links[name]"),
    ("seed.x=1", "--set seed.x: seed is 1, and has no \"x\" inside"),
  ])
  func aSettingThatLeadsNowhereSaysWhatIsThere(setting: String, expected: String) throws {
    #expect(try apply(setting).problems == [expected])
  }

  /// Every step may make a level, and what reads the tree recurses: a long path once took the
  /// program down.
  @Test(arguments: [(64, 0), (60, 4), (1, 63)])
  func aSettingMakesNoMoreLevelsThanAFileMayHave(steps: Int, levels: Int) throws {
    let brackets = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    let value = levels == 0 ? "1" : brackets
    let path = ["new"] + Array(repeating: "a", count: steps - 1)
    let accepted = try apply("\(path.joined(separator: "."))=\(value)")
    #expect(accepted.problems == [])
    #expect(tree(accepted.node.json).node?.json == accepted.node.json)

    let longer = try apply("\(path.joined(separator: ".")).b=\(value)")
    let expected =
      steps == 64
      ? "found a path of 65 steps, expected at most 64"
      : "the value: nested deeper than 64 levels, the most that is read"
    #expect(longer.problems.count == 1)
    #expect(longer.problems.first?.hasSuffix(expected) == true, "\(longer.problems)")
  }

  /// What a run keeps of a scenario has a control character as six, and YAML finds no longer key.
  @Test(arguments: [("\u{1}", 166, 167), ("k", 1000, 1001)])
  func aKeyIsNoLongerThanCanBeReadAgain(character: String, longest: Int, tooLong: Int) throws {
    let accepted = try apply(String(repeating: character, count: longest) + "=1")
    #expect(accepted.problems == [])
    #expect(tree(accepted.node.json).node?.json == accepted.node.json)
    let longer = try apply(String(repeating: character, count: tooLong) + "=1")
    #expect(longer.problems.count == 1)
    #expect(
      longer.problems.first?.hasSuffix("a key has at most 1000 characters, as JSON writes it")
        == true)
  }

  @Test func aRemovalAndAnEndlessPathAreNotFollowed() {
    for count in [65, 100_000] {
      let path = "new" + String(repeating: ".a", count: count - 1)
      for isRemoval in [false, true] {
        var problems = Problems(file: "f.yaml")
        let setting =
          isRemoval
          ? Setting(removing: path, problems: &problems)
          : Setting("\(path)=1", problems: &problems)
        #expect(setting == nil)
        let text = problems.all.first?.text
        #expect(text == "found a path of \(count) steps, expected at most 64")
      }
    }
  }
}
