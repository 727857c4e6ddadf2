import Core

/// What is found once, so that running needs no checks: the header, then every operator and port.
enum PlanCheck {
  static func check(_ plan: ModelPlan, byteCount: Int) throws(PlanRefusal) {
    let header = plan.header
    guard header[PlanFormat.Header.magic] == PlanFormat.magic else { throw .notAPlan }
    guard header[PlanFormat.Header.version] == PlanFormat.version else { throw .version }
    guard header[PlanFormat.Header.layout] == PlanLayout.signature else { throw .layout }
    let total = header[PlanFormat.Header.totalBytes]
    guard total <= PlanFormat.mostBytes, total >= UInt32(PlanFormat.Header.words &* 4),
      Int(total) <= byteCount
    else { throw .size }
    let start = (PlanFormat.Header.checksum &+ 1) &* 4
    // Bounds: the plan has `total` bytes, and the header alone is longer than `start`.
    let checked = UnsafeBufferPointer(
      start: (plan.base + start).assumingMemoryBound(to: UInt8.self), count: Int(total) &- start)
    guard CRC32.byHalfBytes(checked.span) == header[PlanFormat.Header.checksum] else {
      throw .checksum
    }
    try checkHeader(header, total: total)
    for index in 0..<plan.operatorCount {
      guard OperatorCheck(plan, plan.operation(index), total: total).holds else {
        throw .damagedOperator(index: index)
      }
    }
    for index in 0..<plan.inputCount &+ plan.outputCount {
      let operand = plan.port(index).operand
      guard isInside(operand, header), index >= plan.inputCount || !operand.isConstant else {
        throw .damagedPort(index: index)
      }
    }
  }

  private static func checkHeader(_ header: PlanWords, total: UInt32) throws(PlanRefusal) {
    let arena = header[PlanFormat.Header.arenaBytes]
    let arenaOfTwo = header[PlanFormat.Header.arenaBytesOfTwo]
    let dtype = header[PlanFormat.Header.dtype]
    let source = header[PlanFormat.Header.weightsSource]
    let ports =
      UInt64(header[PlanFormat.Header.inputCount])
      + UInt64(header[PlanFormat.Header.outputCount])
    guard
      PlanFormat.code(PlanFormat.dtype(dtype)) == dtype,
      PlanFormat.code(PlanFormat.weightsSource(source)) == source,
      arena <= arenaOfTwo, arenaOfTwo <= PlanFormat.mostBytes,
      header[PlanFormat.Header.modelID &+ PlanFormat.Header.modelIDBytes / 4 &- 1] &>> 24 == 0,
      holds(
        header[PlanFormat.Header.operatorsOffset],
        UInt64(header[PlanFormat.Header.operatorCount]) &* UInt64(PlanFormat.Operator.words &* 4),
        total),
      holds(
        header[PlanFormat.Header.portsOffset], ports &* UInt64(PlanFormat.Port.words &* 4), total),
      holds(
        header[PlanFormat.Header.constantsOffset],
        UInt64(header[PlanFormat.Header.constantsBytes]), total)
    else { throw .header }
  }

  /// Whether so many bytes at an aligned offset are inside. No overflow: 32 + 39 bits at most.
  static func holds(_ offset: UInt32, _ bytes: UInt64, _ total: UInt32) -> Bool {
    offset & UInt32(PlanFormat.alignment &- 1) == 0 && UInt64(offset) &+ bytes <= UInt64(total)
  }

  /// Whether an operand that is there lies in its area.
  static func isInside(_ operand: PlanOperand, _ header: PlanWords, ofTwo: Bool = false) -> Bool {
    let area =
      operand.isConstant
      ? PlanFormat.Header.constantsBytes
      : ofTwo ? PlanFormat.Header.arenaBytesOfTwo : PlanFormat.Header.arenaBytes
    return operand.isThere
      && holds(operand.place & ~PlanOperand.constantBit, UInt64(operand.bytes), header[area])
  }
}
