import BenchLog
import Core

extension Session {
  /// Lists the commands.
  mutating func help() {
    console.say("start           run the plan; a log from its first line to its last")
    console.say("stop            end the plan after the inference that runs")
    console.say("repeat N        run the plan N times in one log, N from 1 to 1000")
    console.say("status          the plan, and how far it is")
    console.say("list            models, engines and plans")
    console.say("plan NAME       choose a plan")
    console.say("set KEY VALUE   change the plan:")
    for raw in 0..<SettingKey.count {
      guard let key = SettingKey(rawValue: raw) else { continue }
      console.begin()
      console.write("  ")
      console.write(key.word)
      pad(key.word, to: 12)
      console.write(key.values)
      console.end()
    }
  }

  /// Lists what can be chosen.
  mutating func list() {
    for i in 0..<runner.modelCount {
      let model = runner.model(i)
      console.begin()
      console.write("model ")
      console.write(runner.label(i))
      console.write(": ")
      console.write(model.name)
      console.write(" ")
      console.write(model.dtype?.word ?? "other")
      console.write(", ")
      console.write(UInt64(model.operators))
      console.write(" operators, ")
      console.write(model.macs)
      console.write(" MACs, ")
      console.write(model.weightBytes)
      console.write(" bytes of weights")
      console.end()
    }
    for i in 0..<runner.engineCount {
      let engine = runner.engine(i)
      console.begin()
      console.write(i == 0 ? "engine builtin: " : "engine tflm: ")
      console.write(engine.runtime)
      console.write(", kernels ")
      console.write(engine.kernels)
      console.end()
    }
    for raw in 0..<NamedPlan.count {
      guard let plan = NamedPlan(rawValue: raw) else { continue }
      console.begin()
      console.write("plan ")
      console.write(plan.word)
      pad(plan.word, to: 10)
      console.write(plan.meaning)
      console.end()
    }
  }

  /// Says what is set and where it is.
  mutating func status() {
    console.begin()
    console.write(isMeasuring ? "runs " : "ready, ")
    // Not composed in the workspace, which a running plan may be using.
    var sink = console
    plan.describe(model: modelLabel, into: &sink)
    console = sink
    if isMeasuring {
      console.write("; run ")
      console.write(UInt64(step))
      console.write(" of ")
      console.write(UInt64(steps))
    }
    console.end()
  }

  /// What the plan says of models.
  var modelLabel: Text { plan.model.map { runner.label($0) } ?? Text("all") }

  /// Says why a line is no command, and what would be one.
  mutating func explain(_ problem: CommandProblem) {
    failures += 1
    console.begin()
    switch problem {
    case .unknownCommand(let word):
      quote("there is no command '", word, "'; help lists them")
    case .unknownPlan(let word):
      quote("there is no plan '", word, "'; list shows them")
    case .unknownKey(let word):
      quote("set has no key '", word, "'; help lists them")
    case .tooManyWords(let word):
      quote("the command ends before '", word, "'; one command stands in a line")
    case .wrongRepeat:
      console.write("repeat takes a number from 1 to 1000, as: repeat 3")
    case .wrongValue(let key):
      console.write("set ")
      console.write(key.word)
      console.write(" takes ")
      console.write(key.values)
    }
    console.end()
  }

  private mutating func quote(
    _ before: StaticString, _ word: Range<Int>, _ after: StaticString
  ) {
    console.write(before)
    console.write(Text(UnsafeBufferPointer(rebasing: line.bytes[word])))
    console.write(after)
  }

  private mutating func pad(_ word: StaticString, to width: Int) {
    for _ in word.utf8CodeUnitCount..<max(width, word.utf8CodeUnitCount + 1) {
      console.put(UInt8(ascii: " "))
    }
  }
}
