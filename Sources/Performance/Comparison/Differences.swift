import Ingest

/// In what two runs differ, beside what is being compared.
struct Differences {
  /// Names of what is known on both sides and not the same.
  var known: [String] = []
  /// Names of what is not stated on one side or both.
  var unknown: [String] = []

  init(_ a: AnalysedRun, _ b: AnalysedRun) {
    compare("dtype", a.dtype, b.dtype)
    compare("weights", a.weights, b.weights)
    compare("runtime", a.runtime, b.runtime)
    compare("clock", a.configuration.text(.clock), b.configuration.text(.clock))
    compare("cores", a.configuration.text(.cores) ?? "1", b.configuration.text(.cores) ?? "1")
    compare("origin", a.origin, b.origin)
    compare("board", a.board, b.board)
    compare(
      "weights_source", a.configuration.weightsSource, b.configuration.weightsSource)
    if let crcA = a.configuration.text(.modelCRC32), let crcB = b.configuration.text(.modelCRC32) {
      compare("model file", crcA, crcB)
    }
    let dutyA = a.run.latency?.kind == .dutyCycle
    let dutyB = b.run.latency?.kind == .dutyCycle
    if dutyA != dutyB { known.append("what is timed") }
    if let citationA = a.configuration.text(.citation),
      let citationB = b.configuration.text(.citation), citationA != citationB
    {
      known.append("author")
    }
  }

  /// How many things differ or are not stated.
  var count: Int { known.count + unknown.count }

  private mutating func compare<Value: Equatable>(_ name: String, _ a: Value?, _ b: Value?) {
    if let a, let b {
      if a != b { known.append(name) }
    } else {
      unknown.append(name)
    }
  }

  /// Everything but `names`, for `confounded_by`; what is not stated says so.
  func confounders(apartFrom names: Set<String>) -> [String] {
    known.filter { !names.contains($0) }
      + unknown.filter { !names.contains($0) }.map { "\($0) (not stated)" }
  }
}

extension AnalysedRun {
  /// True when the run's operators are not those of the model it is said to be.
  var contradictsItsModel: Bool {
    run.observations.contains { $0.kind == .modelContradiction }
  }
}
