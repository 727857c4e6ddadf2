import Core
import Quantiles
import Support

/// Reads the serial output of X-CUBE-AI's `aiSystemPerformance` application.
struct STSystemPerformanceReader: DialectReader {
  static let dialect = Dialect(rawValue: "ST aiSystemPerformance")

  /// What a boot says of one network.
  private struct Network {
    var name: String
    var complexity: (value: UInt64, place: TextPlace)?
    var weightBytes: UInt64?
    var activationBytes: UInt64?
    var isFloat = false
    var firstLine: Int
  }

  /// A block of results that does not contradict itself.
  private struct Result: Sendable {
    var block: STResultsBlock
    var measurement: STMeasurement
    var table: STOperatorTable?
    var lastLine: Int
  }

  /// The runs of one network; samples of the last are still coming.
  private struct Draft {
    var name: String
    var done: [Run] = []
    var run: Run?
    var low: Double?
    var high: Double?
    var levels = LevelChange<Result>()
  }

  /// More networks than one device holds.
  private static let networkLimit = 64

  private let file: String
  private var systemClock: PrintedNumber?
  private var networks: [Network] = []
  private var drafts: [Draft] = []
  private var block: STResultsBlock?
  private var table: STOperatorTable?
  /// The network whose test is running.
  private var testing: String?
  /// A title announced a table of operators.
  private var announced: TextPlace?
  private var headings = Headings()
  /// A heading stands behind the present block, or before it.
  private var isHeaded = false
  private var blockIsHeaded = false
  private var isRefused = false
  private var runs = 0
  private var lastRead = 1

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    var i = 0
    Scan.blanks(line, &i)
    if Scan.literal(line, &i, "# AI system performance measurement") {
      return Evidence(16, "a banner '# AI system performance measurement'")
    }
    if Scan.literal(line, &i, "Running PerfTest on \"") {
      return Evidence(16, "a line 'Running PerfTest on \"NAME\"'")
    }
    if Scan.literal(line, &i, "Results for \""), Scan.find(line, " MACC)") != nil {
      return Evidence(16, "a line 'Results for \"NAME\", N inferences @...MHz'")
    }
    return nil
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if isRefused { return .diagnosed }
    let fate = readLine(line, at: place, into: &sink)
    if fate == .read { lastRead = place.line }
    return fate
  }

  private mutating func readLine(
    _ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    var i = 0
    Scan.blanks(line, &i)
    if i == line.count { return .skipped(.blank) }
    if let fate = boundary(line, i, at: place, into: &sink) { return fate }
    if let fate = table?.read(line, at: place, into: &sink) { return fate }
    if block != nil, let header = STOperatorTable(header: line, at: place) {
      table = header
      return .read
    }
    if let fate = block?.read(line, at: place, into: &sink) { return fate }
    if let fate = network(line, i, at: place, into: &sink) { return fate }
    if STText.isCollapsed(line) {
      isRefused = true
      (block, table, drafts) = (nil, nil, [])
      sink.reportCollapsed(at: place)
      return .diagnosed
    }
    return other(line, i, at: place, into: &sink)
  }

  /// Lines at which what is open ends.
  private mutating func boundary(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    if Scan.literal(line, &i, "# AI system performance measurement") {
      endBoot(into: &sink)
      isHeaded = true
      return .read
    }
    if Scan.literal(line, &i, "Running PerfTest on ") {
      endBlock(into: &sink)
      testing = STText.quoted(line, &i)
      return testing == nil
        ? sink.reportDamage(at: place, "'Running PerfTest on \"NAME\"'") : .skipped(.hostChatter)
    }
    if STResultsBlock.mayBegin(line, at: start),
      var header = STResultsBlock(header: line, at: place)
    {
      if let open = block, open.linesRead == 1, open.macs == header.macs, open.name == header.name,
        open.clocks.map(\.value) == header.clocks.map(\.value),
        open.inferences == header.inferences
      {
        return .skipped(.repeated)
      }
      endBlock(into: &sink)
      (blockIsHeaded, isHeaded) = (isHeaded, false)
      let named = testing
      testing = nil
      if let named, let name = header.name, named != name {
        header.isSpoiled = true
        header.linesRead = 0
        block = header
        sink.reportContradiction(
          at: place,
          "results for '\(printable(name, limit: 60))', but the test ran '\(printable(named, limit: 60))'"
        )
        return .diagnosed
      }
      block = header
      return .read
    }
    guard NearMiss.begins(line, at: start, like: ["Results for \"", "Results TFLM "]) else {
      return nil
    }
    endBlock(into: &sink)
    return sink.reportDamage(at: place, "'Results for \"NAME\", N inferences @...'")
  }

  private mutating func network(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    if Scan.literal(line, &i, "Found network ") || Scan.literal(line, &i, "Creating the network ") {
      guard let name = STText.quoted(line, &i) else {
        return sink.reportDamage(at: place, "'Found network \"NAME\"'")
      }
      if !networks.contains(where: { $0.name == name }), networks.count < Self.networkLimit {
        networks.append(Network(name: name, firstLine: place.line))
      }
      return .read
    }
    if Scan.key(line, &i, "system clock") {
      guard let clock = PrintedNumber.read(line, &i, at: place), Scan.literal(line, &i, " MHz"),
        Scan.atEnd(line, i)
      else { return sink.reportDamage(at: place, "' system clock : N MHz'") }
      systemClock = clock.scaled(by: 1e6)
      return .read
    }
    guard !networks.isEmpty else { return nil }
    let last = networks.count - 1
    if Scan.key(line, &i, "complexity") {
      let column = place.advanced(by: i)
      guard let value = Scan.whole(line, &i), Scan.literal(line, &i, " MACC") else {
        return sink.reportDamage(at: place, "' complexity : N MACC'")
      }
      networks[last].complexity = (value, column)
      return .read
    }
    if Scan.key(line, &i, "activation") {
      guard let value = Scan.whole(line, &i), Scan.literal(line, &i, " bytes") else {
        return sink.reportDamage(at: place, "' activation : N bytes'")
      }
      networks[last].activationBytes = value
      return .read
    }
    if Scan.key(line, &i, "weights") {
      guard let value = Scan.whole(line, &i), Scan.literal(line, &i, " bytes") else {
        return sink.reportDamage(at: place, "' weights : N bytes'")
      }
      networks[last].weightBytes = value
      return .read
    }
    if Scan.key(line, &i, "IN tensor format") {
      networks[last].isFloat = Scan.find(line, "AI_BUFFER_FORMAT_FLOAT", from: i) != nil
      return .read
    }
    return nil
  }

  private static let chatter: [StaticString] = [
    "Compiled with", "STM32 Runtime", "Device ", "Core Arch.", "HAL version", "FLASH conf.",
    "AI Network", "Network configuration", "Model name", "Model signature", "Model datetime",
    "Compile datetime", "Runtime revision", "Tool revision", "Network info", "signature", "nodes",
    "inputs/outputs", "OUT tensor format", "Initializing the network",
  ]

  private static let figures: [StaticString] = [
    "CPU Workload", "used stack", "used heap", "observer res", "kernel ", "user ",
  ]

  private static let damagedKeys: [StaticString] =
    STResultsBlock.damagedKeys + [
      "# AI system performance", "system clock ", "complexity ", "activation ", "weights  ",
      "IN tensor format", "c_id  type       ",
    ]

  private mutating func other(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    func begins(_ word: StaticString) -> Bool {
      var i = start
      return Scan.literal(line, &i, word)
    }
    if line[start] == UInt8(ascii: "#") || begins("....") || STText.isRule(line, from: start) {
      if headings.take(line) != nil { isHeaded = true }
      return .skipped(.frame)
    }
    if begins("Inference time by c-node") {
      announced = place
      return .skipped(.frame)
    }
    if Self.figures.contains(where: begins) { return .skipped(.notMeasurement) }
    if Self.chatter.contains(where: begins) { return .skipped(.bootChatter) }
    guard
      NearMiss.begins(line, at: start, like: Self.damagedKeys)
        || NearMiss.holds(line, like: ["Inference time by c-node"])
    else {
      if headings.take(line) != nil { isHeaded = true }
      return .skipped(.prose)
    }
    return sink.reportDamage(at: place, "a line of aiSystemPerformance")
  }

  mutating func finish(into sink: inout Sink) {
    endBoot(into: &sink)
    guard runs == 0, !isRefused else { return }
    sink.report(
      .warning, at: nil, rule: "no-results",
      "the log holds no complete results, so there is no run",
      remedy: "Record the log again, up to 'cycles/MACC'.")
  }

  private mutating func endBlock(into sink: inout Sink) {
    defer { (block, table, announced) = (nil, nil, nil) }
    if let announced, table == nil {
      sink.reportMissingTable(at: announced)
    }
    guard let open = block, let name = open.name else { return }
    let measurement = STMeasurement(open, systemClock: systemClock, into: &sink)
    let found = drafts.firstIndex { $0.name == name }
    guard let measurement else {
      guard let found else { return }
      drafts[found].run?.latency?.order.break()
      drafts[found].run?.observations.append(
        Observation(
          .blockDropped, "A block of results was cut off or contradicts itself and is not used.",
          line: open.header.line))
      return
    }
    if found == nil {
      guard drafts.count < Self.networkLimit else { return }
      drafts.append(Draft(name: name))
    }
    let at = found ?? drafts.count - 1
    let result = Result(
      block: open, measurement: measurement, table: table,
      lastLine: max(lastRead, open.header.line))
    let steps = drafts[at].levels.take(result, measurement.seconds, isHeaded: blockIsHeaded)
    perform(steps, at, into: &sink)
  }

  private mutating func perform(
    _ steps: [LevelChange<Result>.Step], _ at: Int, into sink: inout Sink
  ) {
    var times: Double?
    for step in steps {
      switch step {
      case .separate(let factor):
        drafts[at].done += [drafts[at].run].compactMap(\.self)
        (drafts[at].run, drafts[at].low, drafts[at].high) = (nil, nil, nil)
        times = factor
      case .add(let result):
        var run = drafts[at].run ?? newRun(drafts[at], result, into: &sink)
        // Let go of the stored copy, or its samples would be copied for every result.
        drafts[at].run = nil
        if let times { run.observations.append(.keptApart(times: times, at: result.block.header)) }
        times = nil
        add(result, to: &run, &drafts[at], into: &sink)
        drafts[at].run = run
      }
    }
  }

  private func newRun(_ draft: Draft, _ result: Result, into sink: inout Sink) -> Run {
    let (name, block, measurement) = (draft.name, result.block, result.measurement)
    let network = networks.first { $0.name == name }
    let firstLine = draft.done.isEmpty ? network?.firstLine : nil
    var run = Run(
      source: RunSource(
        file: file, firstLine: firstLine ?? block.header.line,
        lastLine: block.header.line, dialect: Self.dialect))
    run.operatorUnit = .seconds
    run.configuration.offer(.origin, Origin.measured, .implied)
    run.configuration.offer(.runtime, block.isTFLM ? "tflm" : "x-cube-ai", .implied)
    if let clock = measurement.clock {
      run.configuration.offer(.clock, Format.shortest(clock), .log)
    }
    if !block.isTFLM, let model = STText.model(name) {
      run.configuration.offer(.model, model, .log)
    }
    run.macs = measurement.macs
    if let network {
      if let said = network.complexity, let macs = run.macs, said.value != macs {
        run.macs = nil
        sink.reportContradiction(
          at: said.place,
          "a complexity of \(said.value) MACC, but the results of line "
            + "\(block.header.line) say \(macs)")
      }
      run.weightBytes = network.weightBytes
      if let bytes = network.activationBytes, bytes > 0 {
        run.configuration.offer(.arenaBytes, String(bytes), .log)
      }
      if network.isFloat {
        run.configuration.offer(.dtype, Dtype.fp32, .log)
        run.configuration.offer(.dtypeEvidence, "the input tensor is a float buffer", .log)
      }
    }
    return run
  }

  private func add(
    _ result: Result, to run: inout Run, _ draft: inout Draft, into sink: inout Sink
  ) {
    let (one, place) = (result.measurement, result.block.header)
    run.source.lastLine = result.lastLine
    if let table = result.table, run.operators.isEmpty {
      run.operators = table.operators(nodes: nil, into: &sink)
    }
    let isFirst = run.latency == nil
    if isFirst { run.printedCycles = Samples() }
    // One block without them leaves the run without them.
    if let printed = one.cycles { run.printedCycles?.add(printed) } else { run.printedCycles = nil }
    draft.low = [draft.low, one.low].compactMap { $0 }.min()
    draft.high = [draft.high, one.high].compactMap { $0 }.max()
    let spread = PrintedSpread(low: draft.low, high: draft.high)
    var latency =
      run.latency
      ?? Latency(samples: Samples(), unit: .seconds, kind: .mean, quantum: one.quantum)
    run.latency = nil
    latency.samples.add(one.seconds)
    latency.inferences &+= one.inferences
    latency.spread = spread == PrintedSpread() ? nil : spread
    // Of results with other digits than those before, the order is not kept.
    if latency.quantum != one.quantum { latency.order = SuccessiveDifferences() }
    if latency.quantum == one.quantum {
      latency.order.add(UInt64(exactly: (one.seconds / one.quantum).rounded()) ?? .max)
    }
    latency.quantum = max(latency.quantum, one.quantum)
    run.latency = latency
    if let observation = one.observation { run.observations.append(observation) }
    if let clock = one.clock,
      let held = run.configuration.offer(.clock, Format.shortest(clock), .log)
    {
      sink.report(
        .error, at: place, rule: "contradicting-readings",
        "a clock of \(Format.shortest(clock)) Hz, but results before were measured at \(held.text) Hz",
        remedy: "Split the log where the clock changes.")
    }
    if let macs = one.macs, let held = run.macs, macs != held {
      run.macs = nil
      sink.reportContradiction(at: place, "a complexity of \(macs) MACC, but \(held) before")
    }
  }

  private mutating func endBoot(into sink: inout Sink) {
    endBlock(into: &sink)
    for at in drafts.indices {
      perform(drafts[at].levels.finish(), at, into: &sink)
      for run in drafts[at].done + [drafts[at].run].compactMap(\.self) where run.latency != nil {
        sink.add(run)
        runs += 1
      }
    }
    drafts = []
    networks = []
    (systemClock, testing) = (nil, nil)
    sink.beginBoot()
  }
}
