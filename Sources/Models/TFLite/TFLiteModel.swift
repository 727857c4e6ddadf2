import Support

/// The parts of a file that its subgraphs share, and the first subgraph.
struct TFLiteModel {
  /// More than any model has; a vector of offsets to one table costs a hostile file only 4 bytes for
  /// each.
  static let mostParts = 1 << 18

  let flatBuffer: FlatBuffer
  /// Bytes of each buffer; nil where it is empty.
  let buffers: [Range<Int>?]
  /// Kind and version of each operator code.
  let codes: [(kind: OperatorKind, version: Int)]
  private let subgraph: FlatTable<TFLiteSchema.SubGraph>
  /// `Model.description`.
  let note: String
  var remarks = Remarks()

  init(_ flatBuffer: FlatBuffer) throws(Diagnostic) {
    self.flatBuffer = flatBuffer
    let root = try flatBuffer.target(at: 0, "the root table")
    let model = try FlatTable<TFLiteSchema.Model>(flatBuffer, at: root)
    let version: UInt32 = try model.integer(.version)
    guard version == TFLiteSchema.version else {
      throw Diagnostic(
        "schema-version", "the schema version is \(version); only \(TFLiteSchema.version) is known",
        remedy: "Convert the model again with a current TensorFlow Lite converter.",
        place: Place(offset: root))
    }
    note = try model.string(.description) ?? ""
    buffers = try Self.buffers(model)
    codes = try Self.codes(model)
    guard let subgraphs = try model.vector(.subgraphs, width: 4), subgraphs.count > 0 else {
      throw Diagnostic(
        "no-subgraph", "there is no subgraph, so no operators",
        remedy: "The file is empty or damaged: convert the model again.",
        place: Place(offset: root))
    }
    subgraph = try subgraphs.table(0, as: TFLiteSchema.SubGraph.self)
    if subgraphs.count > 1 { remarks.addSubgraphs(subgraphs.count, at: subgraphs.range.lowerBound) }
  }

  /// The first subgraph as a graph.
  mutating func graph() throws(Diagnostic) -> Graph {
    var tensors: [Tensor] = []
    var tensorOffsets: [Int] = []
    if let vector = try Self.parts(subgraph, .tensors, "tensors") {
      for index in 0..<vector.count {
        do throws(Diagnostic) {
          let table = try vector.table(index, as: TFLiteSchema.Tensor.self)
          tensorOffsets.append(table.position)
          tensors.append(try tensor(table, index: index))
        } catch {
          throw error.within(Place(tensorIndex: index))
        }
      }
    }
    var operators: [Operator] = []
    var operatorOffsets: [Int] = []
    if let vector = try Self.parts(subgraph, .operators, "operators") {
      for index in 0..<vector.count {
        do throws(Diagnostic) {
          let table = try vector.table(index, as: TFLiteSchema.Operator.self)
          operatorOffsets.append(table.position)
          operators.append(try operatorOf(table))
        } catch {
          throw error.within(Place(operatorIndex: index))
        }
      }
    }
    let inputs = try indices(subgraph, .inputs)
    let outputs = try indices(subgraph, .outputs)
    let name = try subgraph.string(.name) ?? ""
    for offset in flatBuffer.repairedTexts { remarks.addRepairedText(at: offset) }
    do throws(Diagnostic) {
      return try Graph(
        name: name, tensors: tensors, operators: operators,
        inputs: inputs, outputs: outputs, bytes: flatBuffer.bytes, note: note, remarks: remarks.all)
    } catch {
      throw error.within(place(error.place, tensorOffsets, operatorOffsets))
    }
  }

  /// The byte of the operator, else of the tensor, else of the subgraph that a diagnostic means.
  private func place(_ place: Place, _ tensors: [Int], _ operators: [Int]) -> Place {
    if let index = place.operatorIndex, operators.indices.contains(index) {
      return Place(offset: operators[index])
    }
    if let index = place.tensorIndex, tensors.indices.contains(index) {
      return Place(offset: tensors[index])
    }
    return Place(offset: subgraph.position)
  }

  private func indices(
    _ table: FlatTable<TFLiteSchema.SubGraph>, _ field: TFLiteSchema.SubGraph
  ) throws(Diagnostic) -> [Int] {
    try table.vector(field, width: 4)?.integers(Int32.self).map { Int($0) } ?? []
  }
}
