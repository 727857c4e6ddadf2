import Core
import Engine
import Models
import Support

/// The words of a plan, in the order of the file.
struct PlanFile {
  let graph: Graph
  let modelID: String
  let weightsSource: WeightsSource
  let memory: ActivationLayout
  let records: [OperatorRecord]
  let ports: [PortRecord]
  let constants: [UInt8]

  /// The file; throws where it, or the arena, is too large.
  var bytes: [UInt8] {
    get throws(Diagnostic) {
      let headerBytes = PlanFormat.Header.words * 4
      let operatorsOffset = headerBytes + padding(headerBytes)
      let portsOffset = operatorsOffset + records.count * PlanFormat.Operator.words * 4
      let parametersOffset = portsOffset + ports.count * PlanFormat.Port.words * 4
      var parameters: [UInt8] = []
      var words: [UInt32] = []
      for (position, record) in records.enumerated() {
        words += operatorWords(
          record, graph.costs[position], parametersOffset: parametersOffset + parameters.count)
        parameters += record.parameters
        parameters.append(contentsOf: repeatElement(0, count: padding(parameters.count)))
      }
      words += ports.flatMap(portWords)
      let constantsOffset = parametersOffset + parameters.count
      let total = constantsOffset + constants.count
      guard total <= Int(PlanFormat.mostBytes) else { throw Self.tooLarge("the plan takes") }
      guard memory.bytesOfTwo <= Int(PlanFormat.mostBytes) else {
        throw Self.tooLarge("activations take")
      }
      var header = headerWords(total: total)
      header[PlanFormat.Header.operatorsOffset] = UInt32(operatorsOffset)
      header[PlanFormat.Header.portsOffset] = UInt32(portsOffset)
      header[PlanFormat.Header.constantsOffset] = UInt32(constantsOffset)
      var result: [UInt8] = []
      result.reserveCapacity(total)
      for word in header + words {
        withUnsafeBytes(of: word.littleEndian) { result.append(contentsOf: $0) }
      }
      result += parameters
      result += constants
      Self.seal(&result)
      return result
    }
  }

  private func headerWords(total: Int) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: PlanFormat.Header.words)
    words[PlanFormat.Header.magic] = PlanFormat.magic
    words[PlanFormat.Header.version] = PlanFormat.version
    words[PlanFormat.Header.totalBytes] = UInt32(total)
    words[PlanFormat.Header.layout] = PlanLayout.signature
    words[PlanFormat.Header.dtype] = PlanFormat.code(graph.dtype)
    words[PlanFormat.Header.weightsSource] = PlanFormat.code(weightsSource)
    words[PlanFormat.Header.modelChecksum] = graph.bytes.isEmpty ? 0 : graph.crc32
    words[PlanFormat.Header.modelBytes] = UInt32(truncatingIfNeeded: graph.bytes.count)
    set(graph.macs, &words, PlanFormat.Header.macs)
    set(graph.weightBytes, &words, PlanFormat.Header.weightBytes)
    words[PlanFormat.Header.operatorCount] = UInt32(records.count)
    words[PlanFormat.Header.inputCount] = UInt32(graph.inputs.count)
    words[PlanFormat.Header.outputCount] = UInt32(graph.outputs.count)
    words[PlanFormat.Header.constantsBytes] = UInt32(constants.count)
    words[PlanFormat.Header.arenaBytes] = UInt32(memory.bytes)
    words[PlanFormat.Header.arenaBytesOfTwo] = UInt32(memory.bytesOfTwo)
    words[PlanFormat.Header.scratchBytes] = UInt32(memory.scratchBytes.max() ?? 0)
    for (position, byte) in modelID.utf8.enumerated() {
      words[PlanFormat.Header.modelID + position / 4] |= UInt32(byte) << (8 * (position % 4))
    }
    return words
  }

  private func operatorWords(
    _ record: OperatorRecord, _ cost: GraphCost, parametersOffset: Int
  ) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: PlanFormat.Operator.words)
    words[PlanFormat.Operator.kind] = UInt32(
      truncatingIfNeeded: graph.operators[cost.index].kind.code)
    words[PlanFormat.Operator.kernel] = record.kernel.rawValue
    words[PlanFormat.Operator.layout] = record.layout.rawValue
    words[PlanFormat.Operator.parametersOffset] = UInt32(parametersOffset)
    words[PlanFormat.Operator.parametersBytes] = UInt32(record.parameters.count)
    set(cost.macs, &words, PlanFormat.Operator.macs)
    set(cost.weightBytes, &words, PlanFormat.Operator.weightBytes)
    for slot in PlanFormat.Slot.allCases {
      let operand = record.operands[slot] ?? .none
      let first = PlanFormat.Operator.operands + 2 * slot.rawValue
      words[first] = operand.place
      words[first + 1] = operand.bytes
    }
    return words
  }

  private func portWords(_ port: PortRecord) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: PlanFormat.Port.words)
    words[PlanFormat.Port.operand] = port.operand.place
    words[PlanFormat.Port.operand + 1] = port.operand.bytes
    words[PlanFormat.Port.elementType] = UInt32(port.tensor.elementType.rawValue)
    if let quantization = port.tensor.quantization, quantization.scales.count == 1,
      let scale = quantization.scales.first
    {
      words[PlanFormat.Port.scale] = scale.bitPattern
      let zeroPoint = Int32(truncatingIfNeeded: quantization.zeroPoints.first ?? 0)
      words[PlanFormat.Port.zeroPoint] = UInt32(bitPattern: zeroPoint)
    }
    // Fits: a tensor that has a place takes less than 2^30 bytes.
    words[PlanFormat.Port.count] = UInt32(truncatingIfNeeded: port.tensor.elementCount ?? 0)
    return words
  }

  private func set(_ value: UInt64, _ words: inout [UInt32], _ index: Int) {
    words[index] = UInt32(truncatingIfNeeded: value)
    words[index + 1] = UInt32(truncatingIfNeeded: value >> 32)
  }

  /// Writes the checksum of everything behind it.
  static func seal(_ bytes: inout [UInt8]) {
    let place = PlanFormat.Header.checksum * 4
    // Bounds: the header is longer than the place of the checksum.
    let checksum = CRC32.byEightBytes(bytes.span.extracting((place + 4)...))
    withUnsafeBytes(of: checksum.littleEndian) {
      bytes.replaceSubrange(place..<place + 4, with: $0)
    }
  }

  static func tooLarge(_ what: String) -> Diagnostic {
    Diagnostic(
      "plan-size", "\(what) more than 1 GiB, the most that a plan can have",
      remedy: "No microcontroller runs this model: make it smaller.")
  }
}
