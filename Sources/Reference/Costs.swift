import Core
import Models
import Support

/// The operators of one model in one dtype.
public struct ModelCost: Sendable, Hashable {
  /// Model id.
  public var model: String
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// In the order of the graph.
  public var operators: [OperatorCost]
  /// Key of the source.
  public var source: String
  /// The smallest arena in which TFLM runs it on a Cortex-M33, bytes; nil where it is not known.
  public var arenaBytes: UInt64?

  /// A model from its operators.
  public init(
    model: String, dtype: Dtype, operators: [OperatorCost], source: String,
    arenaBytes: UInt64? = nil
  ) {
    self.model = model
    self.dtype = dtype
    self.operators = operators
    self.source = source
    self.arenaBytes = arenaBytes
  }

  /// MACs of one inference.
  public var macs: UInt64 { operators.reduce(0) { $0 + $1.macs } }
  /// Bytes of all weights, biases not counted.
  public var weightBytes: UInt64 { operators.reduce(0) { $0 + $1.weightBytes } }

  static func bundled() throws(Diagnostic) -> [ModelCost] {
    var result: [ModelCost] = []
    let table = try BundledTable("operator-costs.csv")
    _ = try table.map { row throws(Diagnostic) in
      let model = try row.text("model")
      let dtype: Dtype = try row.word("dtype")
      let cost = OperatorCost(
        index: Int(try row.whole("index")), kind: try row.text("kind"),
        input: try shape(row, "input"), output: try shape(row, "output"),
        weights: try shape(row, "weights"), padding: try row.optional("padding"),
        stride: try shape(row, "stride"), weightBytes: try row.whole("weight_bytes"),
        constantBytes: try row.whole("constant_bytes"), macs: try row.whole("macs"))
      if let last = result.indices.last, result[last].model == model, result[last].dtype == dtype {
        result[last].operators.append(cost)
      } else {
        result.append(
          ModelCost(
            model: model, dtype: dtype, operators: [cost], source: try row.text("source")))
      }
    }
    _ = try BundledTable("arenas.csv").map { row throws(Diagnostic) in
      let model = try row.text("model")
      let dtype: Dtype = try row.word("dtype")
      let bytes = try row.whole("arena_bytes")
      for i in result.indices where result[i].model == model && result[i].dtype == dtype {
        result[i].arenaBytes = bytes
      }
    }
    return result
  }

  private static func shape(_ row: BundledTable.Row, _ name: String) throws(Diagnostic) -> [Int] {
    let text = try row.text(name)
    guard !text.isEmpty else { return [] }
    let parts = text.split(separator: "x").map { Int($0) }
    let sizes = parts.compactMap { $0 }
    guard sizes.count == parts.count else {
      throw Diagnostic.table("'\(text)' in '\(name)' is no shape", file: row.file, line: row.line)
    }
    return sizes
  }
}

/// Instructions that one inference takes on a Cortex-M33, from an emulator.
public struct InstructionCount: Sendable, Equatable {
  /// Model id.
  public var model: String
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// nil for the whole inference.
  public var index: Int?
  /// TFLite name; `INVOKE` for the whole inference.
  public var kind: String
  /// Instructions retired in one inference.
  public var instructions: UInt64
  /// Key of the source.
  public var source: String

  static func bundled() throws(Diagnostic) -> [InstructionCount] {
    try BundledTable("instructions.csv").map { row throws(Diagnostic) in
      InstructionCount(
        model: try row.text("model"), dtype: try row.word("dtype"),
        index: try row.optional("index").flatMap { Int($0) }, kind: try row.text("kind"),
        instructions: try row.whole("instructions"), source: try row.text("source"))
    }
  }
}

/// The size of a model file.
public struct ModelFile: Sendable, Equatable {
  /// Model id.
  public var model: String
  /// What the file holds: `int8` or `fp32`.
  public var dtype: Dtype
  /// Size of the file, bytes.
  public var fileBytes: UInt64
  /// What wrote the file.
  public var madeBy: String
  /// Key of the source.
  public var source: String

  static func bundled() throws(Diagnostic) -> [ModelFile] {
    try BundledTable("models.csv").map { row throws(Diagnostic) in
      ModelFile(
        model: try row.text("model"), dtype: try row.word("dtype"),
        fileBytes: try row.whole("file_bytes"), madeBy: try row.text("made_by"),
        source: try row.text("source"))
    }
  }
}
