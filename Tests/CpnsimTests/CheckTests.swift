// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `cpnsim check` as its users run it.
@Suite struct CheckTests {
  private static let scenario = """
    scenario: s
    duration: 20 s
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
    traffic:
      - generate: {name: g, from: a, to: b, arrivals: {poisson: 20 /s}, sizes: {exponential: {mean: 1 MB}}}

    """
  private static let suite = """
    suite: small
    baseline: base/b.json
    looks: [4, 8, 16]
    false_alarm: 1 %
    cases:
      - name: load
        scenario: s.yaml
        metrics:
          - {metric: fct_mean, better: lower, tolerance: 1 %}
          - {metric: flows_finished, better: higher, tolerance: 0, blocking: false}
      - {name: same, scenario: s.yaml, exact: digest}

    """

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Self.scenario, to: "s.yaml")
    try workspace.write(Self.suite, to: "suite.yaml")
    _ = try workspace.bash("mkdir base")
    return workspace
  }

  /// What a check reads it does not write over, and a search for a commit has one form.
  @Test(arguments: [
    (["--markdown", "suite.yaml"], "'suite.yaml' is read by the check"),
    (["--comment", "./s.yaml"], "'./s.yaml' is read by the check"),
    (["--junit", "base/b.json"], "'base/b.json' is read by the check"),
    (["--bisect", "HEAD~1", "--format", "json"], "--bisect prints text"),
  ])
  func whatIsReadIsNotWritten(words: [String], message: String) throws {
    let workspace = try workspace()
    try workspace.write("{}", to: "base/b.json")
    let outcome = try workspace.cpnsim(["check", "suite.yaml"] + words)
    #expect(outcome.code == 2 && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try workspace.text(of: "suite.yaml") == Self.suite)
  }

  @Test func aBlessedSuiteIsGreenAndAWorseScenarioRed() throws {
    let workspace = try workspace()
    let missing = try workspace.cpnsim("check", "suite.yaml")
    #expect(missing.code == 2 && missing.errors.contains("--update` makes the baseline"))

    let update = try workspace.cpnsim("check", "suite.yaml", "--update", "--jobs", "2")
    #expect(update.code == 0 && update.errors.hasPrefix("Wrote base/b.json: 2 cases, 16 runs"))
    let blessed = try workspace.text(of: "base/b.json")

    let green = try workspace.cpnsim("check", "suite.yaml", "--junit", "green.xml")
    #expect(green.code == 0 && green.errors.contains("small is green; 3 findings, 5 runs\n"))
    #expect(green.errors.contains("with 16 seeds this gate sees 1 %, in 8 of 10 cases\n"))
    #expect(try workspace.text(of: "green.xml").contains(#"tests="3" failures="0""#))

    let slower = Self.scenario.replacing("capacity: 1 Gbps", with: "capacity: 900 Mbps")
    try workspace.write(slower, to: "s.yaml")
    let red = try workspace.cpnsim(
      "check", "suite.yaml", "--junit", "red.xml", "--markdown", "red.md", "--comment", "short.md",
      "--openmetrics", "red.prom", "--format", "json")
    #expect(red.code == 1 && red.errors.contains("red: load: fct_mean is worse by +"))
    #expect(red.errors.contains("red: same: digests "))
    #expect(red.errors.contains("note: load: the scenario or a file of it is another"))
    let rows = try red.objects()
    #expect(rows.map { $0["metric"] as? String } == ["fct_mean", "flows_finished", "digest"])
    #expect(rows[0]["verdict"] as? String == "worse" && rows[0]["blocking"] as? String == "true")
    let junit = try workspace.text(of: "red.xml")
    #expect(junit.contains(#"<testsuites name="small" tests="3" failures="2" errors="0""#))
    #expect(junit.contains(#"<failure message="fct_mean is worse by +"#))
    #expect(try workspace.text(of: "red.md").contains("| fct\\_mean | worse |"))
    #expect(!(try workspace.text(of: "short.md").contains("| fct\\_mean")))
    #expect(try workspace.text(of: "red.prom").hasSuffix("# EOF\n"))
    #expect(try workspace.text(of: "base/b.json") == blessed)
  }

  @Test func anAdvisoryMetricNeverMakesItRed() throws {
    let workspace = try workspace()
    let advisory = Self.suite.replacing("tolerance: 1 %}", with: "tolerance: 1 %, blocking: false}")
      .replacing("  - {name: same, scenario: s.yaml, exact: digest}\n", with: "")
    try workspace.write(advisory, to: "suite.yaml")
    #expect(try workspace.cpnsim("check", "suite.yaml", "--update", "--quiet").code == 0)
    let slower = Self.scenario.replacing("capacity: 1 Gbps", with: "capacity: 500 Mbps")
    try workspace.write(slower, to: "s.yaml")
    let outcome = try workspace.cpnsim("check", "suite.yaml", "--junit", "j.xml")
    #expect(outcome.code == 0 && outcome.errors.contains("note: load: fct_mean is worse by +"))
    #expect(try workspace.text(of: "j.xml").contains(#"<skipped message="advisory: fct_mean"#))
  }

  @Test func anUpdateOfTheSameIsTheSameFile() throws {
    let workspace = try workspace()
    #expect(try workspace.cpnsim("check", "suite.yaml", "--update", "--jobs", "1").code == 0)
    let first = try workspace.text(of: "base/b.json")
    #expect(try workspace.cpnsim("check", "suite.yaml", "--update", "--jobs", "4").code == 0)
    #expect(try workspace.text(of: "base/b.json") == first)
    #expect(first.split(separator: "\n").count { $0.hasPrefix("        [") } > 200)
  }

  @Test func theFirstEventThatDiffersIsShownFromBothSides() throws {
    let workspace = try workspace()
    #expect(try workspace.cpnsim("check", "suite.yaml", "--update").code == 0)
    // An older program is one that ran the scenario as it was.
    try workspace.write(Self.scenario, to: "before.yaml")
    try workspace.writeProgram(
      """
      #!/bin/sh
      [ "$1" = --version ] && exec cpnsim --version
      shift 3
      exec cpnsim show events before.yaml "$@"

      """, to: "older")
    try workspace.write(
      Self.scenario + "events: [{at: 10 s, link: l, capacity: 2 Gbps}]\n", to: "s.yaml")
    let outcome = try workspace.bash("cpnsim check suite.yaml --against ./older")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("red: same: digests agree up to t = 9."))
    #expect(outcome.errors.contains("same: the first event that differs is number "))
    #expect(outcome.errors.contains("at 10.0 s: linkChanges(change: 0)\n  older: event "))
    let none = try workspace.cpnsim("check", "suite.yaml", "--against", "./missing")
    #expect(none.code == 2 && none.errors.contains("error: ./missing: No such file or directory"))
    let other = try workspace.cpnsim("check", "suite.yaml", "--against", "/bin/true")
    #expect(other.code == 2 && other.output.isEmpty)
    #expect(other.errors.hasPrefix("error: /bin/true: found a program whose --version says no"))
  }

  @Test func theSuiteBesideItselfIsGreenAndNeedsNoBaseline() throws {
    let workspace = try workspace()
    let outcome = try workspace.cpnsim("check", "suite.yaml", "--null")
    #expect(outcome.code == 0 && outcome.errors.contains("of a change that makes runs unlike"))
  }

  /// A perf that counts or says that it can't, and a valgrind beside it or none.
  @Test func instructionsAreCountedByWhatThereIs() throws {
    let workspace = try workspace()
    try workspace.write(
      Self.suite.replacing("exact: digest", with: "exact: digest, instructions: 2 %"),
      to: "suite.yaml")
    _ = try workspace.bash("mkdir bin")
    func check(perf: String, valgrind: String, _ words: String = "") throws -> Outcome {
      let file = #"for word; do case $word in --callgrind-out-file=*) f=${word#*=};; esac; done"#
      try workspace.writeProgram(
        "#!/bin/sh\nshift 5; [ $1 = -o ] && echo '\(perf)' > $2\n", to: "bin/perf")
      try workspace.writeProgram("#!/bin/sh\n\(file)\n\(valgrind)\n", to: "bin/valgrind")
      return try workspace.bash(
        "PATH=$PWD/bin:$PATH cpnsim check suite.yaml --format csv \(words)")
    }
    let perf = "1000000,,instructions:u,1,100.00,,"
    #expect(try check(perf: perf, valgrind: "exit 9", "--update").code == 0)
    #expect(try workspace.text(of: "base/b.json").contains(#""instructions": ["perf", 1000000]"#))
    #expect(try check(perf: "1010000,,instructions:u", valgrind: "exit 9").code == 0)
    let slow = try check(perf: "1030000,,instructions:u", valgrind: "exit 9")
    #expect(slow.code == 1 && slow.errors.contains("red: same: instructions are up by 3 %"))
    let none = "<not supported>,,instructions:u"
    let other = try check(perf: none, valgrind: "echo 'totals: 5000' > $f")
    #expect(
      other.code == 0 && other.errors.contains("perf counted the baseline, and here callgrind"))
    let neither = try check(perf: none, valgrind: "exit 127")
    #expect(neither.code == 0 && neither.errors.contains("neither perf nor valgrind counts them"))
    #expect(try check(perf: none, valgrind: "echo 'totals: 5000' > $f", "--update").code == 0)
    let callgrind = try check(perf: none, valgrind: "echo 'totals: 5200' > $f")
    #expect(callgrind.code == 1 && callgrind.errors.contains("now by callgrind; tolerance 2 %"))
  }

  /// Of five commits the third makes the link slower, and the second can't be read.
  @Test func theCommitThatMadeItRedIsFound() throws {
    let workspace = try workspace()
    let git = "git -c user.name=a -c user.email=a@b"
    func commit(_ subject: String, _ scenario: String) throws {
      try workspace.write(scenario, to: "s.yaml")
      #expect(try workspace.bash("\(git) add -A && \(git) commit -qm '\(subject)'").code == 0)
    }
    #expect(try workspace.bash("git init -q .").code == 0)
    try commit("zero", Self.scenario)
    try commit("one", Self.scenario + "# one\n")
    try commit("two", "not a scenario\n")
    let slower = Self.scenario.replacing("capacity: 1 Gbps", with: "capacity: 900 Mbps")
    try commit("three", slower)
    try commit("four", slower + "# four\n")
    let before = workspace.names
    let outcome = try workspace.cpnsim("check", "suite.yaml", "--bisect", "HEAD~4", "HEAD")
    #expect(outcome.code == 1, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.contains("is one of these") == true)
    #expect(lines.dropFirst().prefix(2).map { $0.split(separator: " ").last } == ["two", "three"])
    #expect(outcome.output.contains("red: load: fct_mean is worse by +"))
    #expect(outcome.errors.contains("passed over, as it can't be judged: case load:"))
    #expect(
      workspace.names.filter { !$0.hasPrefix(".git/") } == before.filter { !$0.hasPrefix(".git/") })
    #expect(try workspace.bash("git worktree list").output.split(separator: "\n").count == 1)
    let none = try workspace.cpnsim("check", "suite.yaml", "--bisect", "HEAD~4", "HEAD~3")
    #expect(none.code == 0 && none.errors.hasSuffix("HEAD~3 is no worse than HEAD~4\n"))
    let unknown = try workspace.cpnsim("check", "suite.yaml", "--bisect", "nowhere")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("--bisect: 'nowhere' is no commit of "))
  }

  @Test(arguments: [
    (["--update", "--null"], "--update and --null are two things"),
    (["--update", "--junit", "x"], "--update checks nothing"),
    (["--jobs", "0"], "'0' is no value for '--jobs'"),
    (["--null", "--against", "x"], "--null and --against are two things"),
    (["HEAD"], "unexpected argument 'HEAD'"),
    (["--bisect", "HEAD", "--null"], "--bisect goes with --jobs and --quiet only"),
  ]) func optionsThatDoNotGoTogetherAreRefused(words: [String], message: String) throws {
    let outcome = try workspace().cpnsim(["check", "suite.yaml"] + words)
    #expect(outcome.code == 2 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func eventsOfARunAreListed() throws {
    let workspace = try workspace()
    let rows = try workspace.cpnsim("show", "events", "s.yaml", "--count", "3", "--format", "json")
      .objects()
    #expect(rows.map { $0["event"] as? Int } == [1, 2, 3])
    #expect(rows[0]["what"] as? String == "flowArrives(source: 0)")
  }

  /// A run that is to be the same and does not get to its end is told of its case; the others go on.
  @Test func aRunThatFailsIsToldOfItsCase() throws {
    let workspace = try Workspace()
    let jobs = """
      scenario: s
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 8}]}
      traffic: [{jobs: {name: j, list: [{job: x, accelerators: 1, run: 1 h}]}}]

      """
    try workspace.write(jobs, to: "s.yaml")
    try workspace.write(jobs, to: "t.yaml")
    try workspace.write(
      """
      suite: small
      baseline: b.json
      cases:
        - {name: same, scenario: s.yaml, exact: digest}
        - {name: other, scenario: t.yaml, exact: digest}

      """, to: "suite.yaml")
    #expect(try workspace.cpnsim("check", "suite.yaml", "--update").code == 0)
    try workspace.write("exit 9\n", to: "policy.sh")
    try workspace.write(jobs + "placement: {command: [sh, policy.sh]}\n", to: "s.yaml")
    let outcome = try workspace.cpnsim("check", "suite.yaml", "--junit", "j.xml")
    #expect(outcome.code == 1 && outcome.errors.contains("case same, seed 1:"), "\(outcome.errors)")
    let report = try workspace.text(of: "j.xml")
    #expect(report.contains("<error") && report.contains("other"))
  }
}
