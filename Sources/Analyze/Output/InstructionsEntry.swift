import Performance
import Statistics

extension AnalysisDocument {
  /// Instructions of a run on an emulator, and against TFLM: with CMSIS-NN in int8, with its reference C code in fp32.
  struct InstructionsEntry: Encodable {
    struct OperatorEntry: Encodable {
      let `operator`: String
      let kind: String
      let macs: UInt64?
      let instructions: Double
      let baselineInstructions: Double
    }

    let run: String
    let origin = "emulated"
    let instructions: Double
    let instructionsPerMac: Double?
    /// `data/instructions.csv`, or the id of a run.
    let baseline: String?
    let baselineInstructions: Double?
    let ratio: Double?
    let operators: [OperatorEntry]?
    let reasons: [String: String]?

    init(_ counts: InstructionCounts) {
      var reasons = Reasons()
      run = counts.run
      instructions = counts.instructions
      instructionsPerMac = reasons.value(counts.perMAC, "instructions_per_mac")
      let comparison = reasons.value(counts.comparison, "baseline")
      baseline = comparison.map {
        switch $0.baseline {
        case .bundled: "data/instructions.csv"
        case .run(let id): id
        }
      }
      baselineInstructions = comparison?.instructions
      ratio = comparison?.ratio
      operators = comparison?.operators.map {
        OperatorEntry(
          operator: $0.words, kind: $0.kind, macs: $0.macs, instructions: $0.own,
          baselineInstructions: $0.baseline)
      }
      self.reasons = reasons.orNil
    }
  }
}
