import Core

/// What generic_benchmark says about build, model and memory, around the profile.
struct TFLMBenchmarkHeader: Sendable {
  /// Between the name of the model file and the profile.
  var isInModel = false
  /// The line just read stands behind a profile.
  private(set) var endsBlock = false
  private var compiler: Compiler?
  private var wantsVersion = false
  private var table = Table.none
  private var inputTensor: [UInt8] = []

  private enum Compiler: Sendable { case c, cPlusPlus }
  private enum Table: Sendable { case none, arena, other }

  /// Reads one line; nil when it is none of the known ones.
  mutating func read(
    _ line: Span<UInt8>, into core: inout TFLMProfilerCore, _ sink: inout Sink
  ) -> LineFate? {
    endsBlock = false
    if wantsVersion { return version(line, &core, &sink) }
    if isInModel { return model(line, &core, &sink) }
    if let fate = tables(line, &core, &sink) { return fate }
    if let fate = build(line, &core, &sink) { return fate }
    return simulator(line, &core, &sink)
  }

  // MARK: build

  private mutating func build(
    _ line: Span<UInt8>, _ core: inout TFLMProfilerCore, _ sink: inout Sink
  ) -> LineFate? {
    if Scan.starts(line, "C compiler:") {
      core.head(into: &sink)
      compiler = .c
      return .skipped(.notMeasurement)
    }
    if Scan.starts(line, "C++ compiler:") {
      compiler = .cPlusPlus
      return .skipped(.notMeasurement)
    }
    if compiler != nil, Scan.starts(line, "Version:") {
      wantsVersion = true
      return .skipped(.notMeasurement)
    }
    if let target = value(line, "TARGET=") {
      core.set(.board, target.lowercased(), .log, into: &sink)
      return .read
    }
    if let kernels = value(line, "OPTIMIZATION=") {
      core.set(.kernels, kernels == "cmsis_nn" ? "cmsis-nn" : kernels, .log, into: &sink)
      return .read
    }
    if let flags = value(line, "Optimization: ") {
      // Printed with more blanks than it needs.
      core.set(.flags, flags.split(separator: " ").joined(separator: " "), .log, into: &sink)
      return .read
    }
    if Scan.starts(line, "=== "), Scan.find(line, ".tflite ===") != nil {
      core.head(into: &sink)
      isInModel = true
      if let name = modelName(line) {
        core.set(.model, ModelName.canonical(name), .log, into: &sink)
      }
      return .read
    }
    return nil
  }

  private mutating func version(
    _ line: Span<UInt8>, _ core: inout TFLMProfilerCore, _ sink: inout Sink
  ) -> LineFate {
    wantsVersion = false
    // Kernels are C++; its compiler is named last and stands.
    core.set(.compiler, Scan.string(line), .log, into: &sink)
    return .read
  }

  private func value(_ line: Span<UInt8>, _ name: StaticString) -> String? {
    var i = 0
    guard Scan.literal(line, &i, name), i < line.count else { return nil }
    let text = Scan.string(line, i..<line.count).trimmingBlanks
    return text.isEmpty ? nil : text
  }

  private func modelName(_ line: Span<UInt8>) -> String? {
    guard let end = Scan.find(line, ".tflite ===") else { return nil }
    var start = end
    while start > 4, line[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return start < end ? Scan.string(line, start..<end) : nil
  }

  // MARK: model

  private mutating func model(
    _ line: Span<UInt8>, _ core: inout TFLMProfilerCore, _ sink: inout Sink
  ) -> LineFate {
    var i = 0
    Scan.blanks(line, &i)
    if Scan.literal(line, &i, "Model size:") {
      Scan.blanks(line, &i)
      guard let bytes = Scan.whole(line, &i), Scan.literal(line, &i, " bytes"), bytes > 0 else {
        return .skipped(.modelDump)
      }
      core.set(.modelBytes, String(bytes), .log, into: &sink)
      return .read
    }
    if Scan.literal(line, &i, "Subgraph#0(") {
      // `Subgraph#0(T#88) -> [T#87]` names the tensor whose type is that of the input.
      inputTensor = []
      while i < line.count, line[i] != UInt8(ascii: ")"), line[i] != UInt8(ascii: ",") {
        inputTensor.append(line[i])
        i += 1
      }
    } else if isInputTensor(line, i), let dtype = dtype(line) {
      core.set(.dtype, dtype.description, .log, into: &sink)
      core.set(.dtypeEvidence, "type of the input tensor in the model dump", .log, into: &sink)
      return .read
    }
    return .skipped(.modelDump)
  }

  private func isInputTensor(_ line: Span<UInt8>, _ start: Int) -> Bool {
    guard !inputTensor.isEmpty, start + inputTensor.count < line.count else { return false }
    for (k, b) in inputTensor.enumerated() where line[start + k] != b { return false }
    return line[start + inputTensor.count] == UInt8(ascii: "(")
  }

  private func dtype(_ line: Span<UInt8>) -> Dtype? {
    if Scan.find(line, "type:INT8") != nil { return .int8 }
    if Scan.find(line, "type:FLOAT32") != nil { return .fp32 }
    return Scan.find(line, "type:INT16") == nil ? nil : .int16
  }

  // MARK: tables and simulator

  private mutating func tables(
    _ line: Span<UInt8>, _ core: inout TFLMProfilerCore, _ sink: inout Sink
  ) -> LineFate? {
    if Scan.starts(line, "[[ Table ]]: ") {
      table = Scan.starts(line, "[[ Table ]]: Arena") ? .arena : .other
      endsBlock = true
      return .skipped(.frame)
    }
    if Scan.starts(line, "Output CRC32: ") || Scan.starts(line, "Input CRC32: ") {
      endsBlock = true
      return .skipped(.notMeasurement)
    }
    guard table != .none else { return nil }
    guard Scan.find(line, "|") != nil else {
      if Scan.find(line, "Bytes") != nil || Scan.find(line, "Allocation") != nil {
        return .skipped(.frame)
      }
      table = .none
      return nil
    }
    var i = 0
    Scan.blanks(line, &i)
    guard table == .arena, Scan.literal(line, &i, "Total | ") else {
      return .skipped(.notMeasurement)
    }
    Scan.blanks(line, &i)
    guard let bytes = Scan.whole(line, &i), bytes > 0 else { return .skipped(.notMeasurement) }
    core.set(.arenaBytes, String(bytes), .log, into: &sink)
    return .read
  }

  private func simulator(
    _ line: Span<UInt8>, _ core: inout TFLMProfilerCore, _ sink: inout Sink
  ) -> LineFate? {
    let isSimulator = Scan.starts(line, "Info: /OSCI/SystemC") || Scan.starts(line, "--- FVP_")
    guard isSimulator else { return nil }
    core.set(.origin, Origin.emulated.description, .implied, into: &sink)
    return .skipped(.hostChatter)
  }
}
