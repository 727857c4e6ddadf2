import Support

/// The tables of a file, from the root down.
struct TFLiteTables {
  private let graph: Graph
  private let options: TFLiteWriter.Options
  /// Position in the file's buffers of each tensor's constant; 0 for none.
  private var bufferOf: [Int] = []
  private var buffers: [ArraySlice<UInt8>] = []

  init(_ graph: Graph, _ options: TFLiteWriter.Options) throws(Diagnostic) {
    self.graph = graph
    self.options = options
    var known: [ArraySlice<UInt8>: Int] = [:]
    for (index, tensor) in graph.tensors.enumerated() {
      guard !tensor.isSparse else {
        throw Diagnostic(
          "sparse", "a constant is stored sparsely",
          remedy: "Only dense models are written: convert the dense model.",
          place: Place(tensorIndex: index))
      }
      guard let constant = tensor.constant, !constant.isEmpty else {
        bufferOf.append(0)
        continue
      }
      if known[constant] == nil {
        buffers.append(constant)
        known[constant] = buffers.count  // Buffer 0 is the empty one.
      }
      bufferOf.append(known[constant] ?? 0)
    }
  }

  func model() throws(Diagnostic) -> [Int: FlatValue] {
    typealias Field = TFLiteSchema.Model
    let codes = operatorCodes
    var result: [Int: FlatValue] = [
      Field.version.rawValue: .uint32(TFLiteSchema.version),
      Field.operatorCodes.rawValue: .tables(codes.map(table)),
      Field.subgraphs.rawValue: .tables([.table(try subgraph(codes))]),
      Field.buffers.rawValue: .tables(
        [.table([:])]
          + buffers.map {
            .table([TFLiteSchema.Buffer.data.rawValue: .scalars($0, width: 1, alignment: 16)])
          }),
    ]
    if !graph.note.isEmpty { result[Field.description.rawValue] = .string(graph.note) }
    return result
  }

  private struct Code: Hashable {
    var kind: OperatorKind
    var version: Int
  }

  /// In the order of first use.
  private var operatorCodes: [Code] {
    var seen: Set<Code> = []
    return graph.operators.map { Code(kind: $0.kind, version: $0.version) }
      .filter { seen.insert($0).inserted }
  }

  private func table(_ code: Code) -> FlatValue {
    typealias Field = TFLiteSchema.OperatorCode
    var fields: [Int: FlatValue] = [:]
    // The old field has one byte; codes above are announced by its largest value.
    let old = Int8(min(code.kind.code, 127))
    if old != 0 { fields[Field.deprecatedBuiltinCode.rawValue] = .int8(old) }
    if code.kind.code != 0 { fields[Field.builtinCode.rawValue] = .int32(Int32(code.kind.code)) }
    if code.version != 1 { fields[Field.version.rawValue] = .int32(Int32(code.version)) }
    if let name = code.kind.customName { fields[Field.customCode.rawValue] = .string(name) }
    return .table(fields)
  }

  private func subgraph(_ codes: [Code]) throws(Diagnostic) -> [Int: FlatValue] {
    typealias Field = TFLiteSchema.SubGraph
    let named = Set(graph.inputs + graph.outputs)
    let tensors = graph.tensors.indices.map { index in
      tensor(graph.tensors[index], index, isNamed: options.keepsNames || named.contains(index))
    }
    let place = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    var operators: [FlatValue] = []
    for (index, each) in graph.operators.enumerated() {
      let code = place[Code(kind: each.kind, version: each.version)] ?? 0
      do throws(Diagnostic) {
        operators.append(try table(each, code: code))
      } catch {
        throw error.within(Place(operatorIndex: index, operatorKind: each.kind.printableName))
      }
    }
    var result: [Int: FlatValue] = [
      Field.tensors.rawValue: .tables(tensors),
      Field.inputs.rawValue: .int32s(graph.inputs),
      Field.outputs.rawValue: .int32s(graph.outputs),
      Field.operators.rawValue: .tables(operators),
    ]
    if !graph.name.isEmpty { result[Field.name.rawValue] = .string(graph.name) }
    return result
  }

  private func tensor(_ tensor: Tensor, _ index: Int, isNamed: Bool) -> FlatValue {
    typealias Field = TFLiteSchema.Tensor
    var fields: [Int: FlatValue] = [Field.shape.rawValue: .int32s(tensor.shape)]
    if tensor.elementType != .float32 {
      fields[Field.type.rawValue] = .int8(Int8(tensor.elementType.rawValue))
    }
    if bufferOf[index] != 0 { fields[Field.buffer.rawValue] = .uint32(UInt32(bufferOf[index])) }
    if isNamed, !tensor.name.isEmpty { fields[Field.name.rawValue] = .string(tensor.name) }
    if let quantization = tensor.quantization {
      fields[Field.quantization.rawValue] = table(quantization)
    }
    if tensor.isVariable { fields[Field.isVariable.rawValue] = .bool(true) }
    if !tensor.dynamicShape.isEmpty {
      fields[Field.shapeSignature.rawValue] = .int32s(tensor.dynamicShape)
    }
    return .table(fields)
  }

  private func table(_ quantization: Quantization) -> FlatValue {
    typealias Field = TFLiteSchema.QuantizationParameters
    var fields: [Int: FlatValue] = [
      Field.scale.rawValue: .floats(quantization.scales),
      Field.zeroPoint.rawValue: .int64s(quantization.zeroPoints),
    ]
    if let axis = quantization.axis, axis != 0 {
      fields[Field.quantizedDimension.rawValue] = .int32(Int32(axis))
    }
    return .table(fields)
  }

  private func table(_ each: Operator, code: Int) throws(Diagnostic) -> FlatValue {
    typealias Field = TFLiteSchema.Operator
    var fields: [Int: FlatValue] = [
      Field.inputs.rawValue: .int32s(each.inputs.map { $0 ?? -1 }),
      Field.outputs.rawValue: .int32s(each.outputs),
    ]
    if code != 0 { fields[Field.opcodeIndex.rawValue] = .uint32(UInt32(code)) }
    if let (type, table) = try TFLiteOptionTables.options(of: each) {
      fields[Field.builtinOptionsType.rawValue] = .uint8(type.rawValue)
      fields[Field.builtinOptions.rawValue] = .table(table)
    }
    if let custom = each.customOptions {
      fields[Field.customOptions.rawValue] = .scalars(custom, width: 1, alignment: 1)
    }
    return .table(fields)
  }
}
