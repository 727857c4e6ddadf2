// The measuring program without registers: commands, what is measured, what is printed. Tested
// on the host. Knows nothing of a particular board.

import BenchLog

/// What the measuring program does: takes commands, measures and prints.
public struct Session<B: Board, R: ModelRunner, M: MicroBenchmarks> {
  let board: B
  let runner: R
  let benchmarks: M
  let build: BuildDescription
  let workspace: Workspace
  var printer: LogPrinter<Console<B>>
  var line: CommandLine
  /// What `start` measures.
  public internal(set) var plan = NamedPlan.standard.plan
  /// A plan runs.
  var isMeasuring = false
  /// `stop` came.
  var stops = false
  /// Where the plan is.
  var step = 0
  var steps = 0
  /// Machine lines of this log.
  var machines: UInt64 = 0
  /// Models up to this one have a line in this log.
  var declaredModels = 0
  /// Ticks that went into printing during the run.
  var consoleTicks: UInt64 = 0
  /// Commands that were none, and inferences that failed.
  public internal(set) var failures = 0

  /// Bytes of memory that a session takes.
  static var workspaceBytes: Int { Workspace.bytes }

  /// A session in `workspace`, of `workspaceBytes` bytes from a multiple of 8 on.
  public init(
    board: B, runner: R, benchmarks: M, build: BuildDescription,
    workspace memory: UnsafeMutableRawBufferPointer
  ) {
    self.board = board
    self.runner = runner
    self.benchmarks = benchmarks
    self.build = build
    workspace = Workspace(memory)
    printer = LogPrinter(Console(board))
    line = CommandLine(workspace.line)
  }

  /// What answers and comments go to.
  var console: Console<B> {
    get { printer.encoder.sink }
    set { printer.encoder.sink = newValue }
  }

  /// An empty text to compose; one at a time.
  func compose() -> TextBuffer { TextBuffer(workspace.text) }

  /// Says who is there and how to talk to it.
  public mutating func greet() {
    console.begin()
    console.write("pico2-benchmark firmware ")
    console.write(build.revision)
    console.write(" on ")
    console.write(board.description.board)
    console.end()
    console.say("Type help, or start to run the plan default. Lines end with Enter.")
    board.flush()
  }

  /// Takes a byte from the host; runs what it completes.
  public mutating func take(_ byte: UInt8) {
    switch line.take(byte) {
    case .none: return
    case .line:
      do throws(CommandProblem) {
        perform(try Command.parse(line.bytes.span))
      } catch {
        explain(error)
      }
    case .tooLong:
      fail("a command has at most 96 bytes; this line was ignored")
    case .unprintable:
      fail("a command is printable ASCII; this line was ignored")
    }
    board.flush()
  }

  /// Takes what the host sent meanwhile; bounded, so that nobody can hold up a plan. What comes behind
  /// `stop` is left where it is until the plan has ended: it is meant for then.
  mutating func poll() {
    let start = board.now()
    let bytes = console.bytes
    for _ in 0..<256 {
      guard !stops, let byte = board.get() else { break }
      take(byte)
    }
    if console.bytes != bytes { consoleTicks += board.now() - start }
  }

  /// Says what was wrong.
  mutating func fail(_ text: StaticString) {
    failures += 1
    console.say(text)
  }

  private mutating func perform(_ command: Command) {
    switch command {
    case .help: help()
    case .list: list()
    case .status: status()
    case .stop:
      if isMeasuring {
        stops = true
        console.say("stopping")
      } else {
        console.say("nothing runs; start begins")
      }
    default:
      if isMeasuring {
        fail("a plan runs; send stop first, or wait for its end")
      } else {
        change(command)
      }
    }
  }

  private mutating func change(_ command: Command) {
    switch command {
    case .start: measure(repetitions: 1)
    case .repeating(let n): measure(repetitions: n)
    case .plan(let name):
      plan = name.plan
      status()
    case .set(let setting): set(setting)
    case .help, .list, .status, .stop: break
    }
  }

  private mutating func set(_ setting: Setting) {
    switch setting {
    case .allModels: plan.model = nil
    case .model(let label):
      guard let model = model(label: label) else { return }
      plan.model = model
    case .engine(let choice):
      guard choice != .second || runner.engineCount > 1 else {
        return fail("the engine tflm is not linked in; build with PICO_TFLMICRO_PATH to have it")
      }
      plan.engines = choice
    case .weights(let choice): plan.weights = choice
    case .cores(let choice): plan.cores = choice
    case .cache(let choice): plan.cache = choice
    case .clocks(let sweep): plan.clocks = sweep
    case .divisors(let sweep): plan.divisors = sweep
    case .warmup(let n): plan.warmup = n
    case .inferences(let n): plan.inferences = n
    case .detail(let n): plan.detail = n
    case .outputs(let detail): plan.outputs = detail
    case .samples(let on): plan.samples = on
    case .benches(let on): plan.benches = on
    }
    status()
  }

  private mutating func model(label: Range<Int>) -> Int? {
    let bytes = UnsafeBufferPointer(rebasing: line.bytes[label])
    for i in 0..<runner.modelCount where runner.label(i).equals(bytes.span) { return i }
    failures += 1
    console.begin()
    console.write("there is no model '")
    console.write(Text(bytes))
    console.write("'; list shows those that are linked in")
    console.end()
    return nil
  }
}
