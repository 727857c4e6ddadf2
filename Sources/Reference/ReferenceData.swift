// The tables of `data/`, compiled in: published results, machines, costs of operators,
// instruction counts, sources. Knows nothing of the analysis.

import Core
import Support

/// What is compiled into the program of machines, models and sources.
public struct ReferenceData: Sendable {
  /// Sources by their key.
  public var sources: [String: Source]
  /// Boards, by the name of their file.
  public var machines: [Machine]
  /// Operators of every model, by dtype.
  public var costs: [ModelCost]
  /// Instructions of models and of their operators, from an emulator.
  public var instructions: [InstructionCount]
  /// Sizes of model files.
  public var modelFiles: [ModelFile]
  /// Cycles per MAC that microcontrollers need.
  public var coreSpeeds: [CoreSpeed]
  /// What builds cost that are not optimised for speed.
  public var buildFactors: [BuildFactor]
  /// Models that a file has taken the place of: what is published of them is known under another name.
  package internal(set) var setAside: [SetAsideModel] = []

  /// Reads the bundled tables.
  public static func bundled() throws(Diagnostic) -> ReferenceData {
    ReferenceData(
      sources: try Source.bundled(), machines: try Machine.bundled(),
      costs: try ModelCost.bundled(), instructions: try InstructionCount.bundled(),
      modelFiles: try ModelFile.bundled(), coreSpeeds: try CoreSpeed.bundled(),
      buildFactors: try BuildFactor.bundled())
  }

  /// The machine of that board id.
  public func machine(_ board: String?) -> Machine? {
    machines.first { $0.id == board }
  }

  /// The operators of a model.
  public func cost(model: String, dtype: Dtype) -> ModelCost? {
    costs.first { $0.model == model && $0.dtype == dtype }
  }

  /// Cycles per MAC that `mcu` needs.
  public func coreSpeed(mcu: String?, dtype: Dtype) -> CoreSpeed? {
    coreSpeeds.first { $0.mcu == mcu && $0.dtype == dtype }
  }

  /// Instructions of one whole inference.
  public func instructions(model: String, dtype: Dtype) -> UInt64? {
    instructions.first { $0.model == model && $0.dtype == dtype && $0.index == nil }?.instructions
  }

  /// Counted instructions of each operator of `model`, nil for those that were not counted.
  package func instructionsByOperator(of model: ModelCost) -> [UInt64?] {
    let counted = instructions.filter {
      $0.model == model.model && $0.dtype == model.dtype && $0.index != nil
    }
    var result = [UInt64?](repeating: nil, count: model.operators.count)
    // One of the two graphs may have a RESHAPE that the other lacks.
    for (i, j) in Alignment.pairs(counted.map(\.kind), model.operators.map(\.kind)) {
      result[j] = counted[i].instructions
    }
    return result
  }
}
