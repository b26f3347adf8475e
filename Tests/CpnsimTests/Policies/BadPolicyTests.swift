// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A policy that does what it should not.
struct BadPolicy: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var code: String
  /// A part of the message; nil where the run has to end well.
  var message: String?
  var more: String?

  init(
    _ name: String, _ lines: String, before: String = "", _ message: String?, _ more: String? = nil
  ) {
    testDescription = name
    let body = lines.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    code = PolicyBench.policy("def decide(m):\n" + body, before: before)
    self.message = message
    self.more = more
  }

  /// One that changes what `nearest` answers to the second question.
  static func liar(_ name: String, _ lie: String, _ message: String) -> BadPolicy {
    let lines = "a = nearest(m)\nj = a[\"place\"][0]\nif m[\"q\"] == 2:\n    \(lie)\nreturn a"
    return BadPolicy(name, lines, "question 2: found " + message, "it said: {")
  }

  static let all: [BadPolicy] = [
    BadPolicy(
      "killed", "os.kill(os.getpid(), 9)",
      "error: placement by python3 policy.py: question 1: found it was ended by signal 9"),
    BadPolicy("crashed", "return 1 / 0", "it ended with exit code 1", "| ZeroDivisionError"),
    BadPolicy("hung", "time.sleep(100)", "question 1: found no whole line within 1 s"),
    BadPolicy("stopped", "os.kill(os.getpid(), 19)", "found no whole line within 1 s"),
    BadPolicy("late", "time.sleep(1.5)\nreturn nearest(m)", "found no whole line within 1 s"),
    BadPolicy(
      "no line end", "sys.stdout.write('{')\nsys.stdout.flush()\ntime.sleep(9)",
      "found no whole line within 1 s", "it said: {"),
    BadPolicy(
      "1 GB without a line end", "while True: sys.stdout.write('x' * 65536)",
      "found more than 1049600 bytes at once", "it said: xxx"),
    BadPolicy(
      "1 GB of lines", "while True: say('[]')", "expected an answer: {\"type\"", "it said: []"),
    BadPolicy(
      "1 GB of errors", "while True: sys.stderr.write('x' * 65536)",
      "found no whole line within 1 s", "| xxx"),
    BadPolicy("64 MB of errors", "sys.stderr.write('x' * 160000)\nreturn nearest(m)", nil),
    BadPolicy(
      "closes output", "os.close(1)\ntime.sleep(9)", "found its standard output closed"),
    BadPolicy(
      "closes input", "os.close(0)\nsay(nearest(m))\ntime.sleep(9)",
      "found its standard input closed"),
    BadPolicy("closes errors", "if m['q'] == 1: os.close(2)\nreturn nearest(m)", nil),
    BadPolicy(
      "ends at once", "pass", before: "sys.exit('not today')", "it ended with exit code 1",
      "| not today"),
    BadPolicy(
      "another version", "pass", before: "say({'type': 'hello', 'v': 2, 'answers': []})",
      "found version 2 of the messages, expected 1"),
    BadPolicy(
      "answers nothing", "pass", before: "say({'type': 'hello', 'v': 1, 'answers': []})",
      "found no \"placement\" in answers"),
    BadPolicy("no JSON", "return 'p1, I think'", "found 'p1, I think' at byte 1", "it said: p1"),
    BadPolicy(
      "one answer too many", "say(nearest(m))\nreturn nearest(m)",
      "question 2: found an answer to question 1, expected one to question 2"),
    BadPolicy(
      "words at the end", "if m['q'] == 400: sys.stderr.close()\nreturn nearest(m)",
      before: "import atexit; atexit.register(lambda: say('bye bye'))",
      "found words that nobody asked for", "it said: bye bye"),
    .liar("unknown pool", "j['pool'] = 'cpn:-/-/Mars/p9'", "the pool \"cpn:-/-/Mars/p9\""),
    .liar("unknown job", "j['job'] = 'plain-9'", "the job \"plain-9\", expected one of"),
    .liar("twice", "a['place'].append(j)", "the job \"plain-2\" twice"),
    .liar("no job", "a['place'] = []", "nothing for the job \"plain-2\""),
    BadPolicy(
      "below the level",
      "a = nearest(m)\nif m['jobs'][0]['level'] == 2: a['place'][0]['pool'] = 'cpn:-/-/a/p1'\nreturn a",
      "found the pool \"cpn:-/-/a/p1\" of level 1 for the job \"batch-1\", expected level 2 at least"
    ),
    .liar("a call in the past", "a['call_at'] = m['t']", "call_at "),
    .liar("a key", "a['plase'] = 1", "the key \"plase\", expected type, q, place"),
    .liar(
      "a wait in the past", "a['wait'] = [{'job': a.pop('place')[0]['job'], 'until': 5}]",
      "the time 5 for the job \"plain-2\" to wait until"),
    .liar("half a time", "a['call_at'] = 1e20", "'1e+20', expected a time in whole nanoseconds"),
    .liar("a reason", "a['refuse'] = [{'job': a.pop('place')[0]['job']}]", "no \"reason\""),
  ]
}

@Suite struct BadPolicyTests {
  /// Each ends soon, with what was wrong, and no process stays.
  @Test(arguments: BadPolicy.all) func aBadPolicyEndsTheRun(_ policy: BadPolicy) throws {
    let workspace = try Workspace()
    let word = "policy-\(UUID())"
    try workspace.write(PolicyBench.scenario, to: "s.yaml")
    try workspace.write(policy.code, to: "policy.py")
    let began = SuspendingClock.now
    let outcome = try workspace.cpnsim(
      "run", "s.yaml", "--quiet", "--set", "placement.command=[python3, policy.py, \(word)]",
      "--set", "placement.timeout=1 s", "--transcript", "t.jsonl")
    #expect(SuspendingClock.now - began < .seconds(20))
    #expect(PolicyBench.allEnd(with: word))
    guard let message = policy.message else {
      #expect(outcome.code == 0, "\(outcome.errors)")
      return
    }
    let errors = outcome.errors.replacing(" \(word)", with: "")
    #expect(outcome.code == 2)
    #expect(errors.contains(message), "\(errors)")
    #expect(errors.contains(policy.more ?? message), "\(errors)")
    #expect(errors.utf8.count < 6000)
    // What was said until then can be read.
    #expect(try workspace.text(of: "t.jsonl").contains("\"sent\":{\"type\":\"hello\""))
  }

  /// What can't be started is found before anything runs.
  @Test(arguments: [
    (
      "command=[pythn9, policy.py]",
      "found \"pythn9\", which is in no folder of PATH, expected a program"
    ),
    ("command=[./nothing]", "\"./nothing\" is not there, expected a program"),
    ("command=[./policy.py]", "\"./policy.py\" is no file that may be run, expected a program"),
    ("command=[]", "found no program, expected one with its arguments"),
    (
      "files=[policy.py, more.py]", "\"more.py\" can't be read: No such file or directory, expected"
    ),
  ])
  func whatIsNotThereIsAMistake(_ setting: String, _ message: String) throws {
    let workspace = try Workspace()
    try workspace.write(PolicyBench.scenario, to: "s.yaml")
    try workspace.write("", to: "policy.py")
    let outcome = try workspace.cpnsim(
      "validate", "s.yaml", "--set", "placement.\(setting)")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  /// Children that have left the group of the policy go with it, whoever ends first.
  @Test(arguments: ["exec python3 policy.py", "exit 7"])
  func itsChildrenGoWithIt(_ last: String) throws {
    let workspace = try Workspace()
    let word = "policy-\(UUID())"
    try workspace.write(PolicyBench.scenario, to: "s.yaml")
    try workspace.write(PolicyBench.policy("decide = nearest"), to: "policy.py")
    try workspace.write(
      "setsid sh -c 'sleep 1000; : \(word)' &\n(sh -c 'sleep 1000; : \(word)' &)\n\(last)\n",
      to: "policy.sh")
    let outcome = try workspace.cpnsim(
      "run", "s.yaml", "--quiet", "--set", "placement.command=[sh, policy.sh]")
    #expect(outcome.code == (last == "exit 7" ? 2 : 0), "\(outcome.errors)")
    #expect(PolicyBench.allEnd(with: word))
  }

  /// A file that says it can be run, and can't.
  @Test func whatCannotBeStartedIsTold() throws {
    let workspace = try Workspace()
    try workspace.write(PolicyBench.scenario, to: "s.yaml")
    try workspace.writeProgram("#!/no/such/program\n", to: "policy.py")
    let outcome = try workspace.cpnsim(
      "run", "s.yaml", "--set", "placement.command=[./policy.py]")
    #expect(outcome.code == 2)
    #expect(
      outcome.errors
        == "error: placement by ./policy.py: it can't be started: No such file or directory\n")
  }

  /// However a run is ended: more of them by `make kill-policies`.
  @Test func noKillLeavesAProcess() throws {
    let script = ScenarioGoldenTests.root.appending(path: ".ci/kill-policies").path
    let outcome = try Workspace().bash("'\(script)' \(try Workspace.program) 40")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasSuffix("0 processes left\n"))
  }
}
