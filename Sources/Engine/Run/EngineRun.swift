// Runs a plan with the kernels in the caller's memory, on the chip and on the host. Knows
// nothing of graphs and files.

/// A plan with its memory: runs its operators one by one.
///
/// All memory belongs to the caller and must stay where it is.
public struct EngineRun {
  /// What is run.
  public let plan: ModelPlan
  let constants: UnsafeRawPointer
  let arena: UnsafeMutableRawPointer
  let otherCore: OtherCore?

  /// With `constants`, a copy of `plan.constants` at a multiple of 16, or nil to read them in the plan;
  /// `arenaBytes` at `arena`, a multiple of 16, and another core or none. Throws where the arena is
  /// smaller than what `plan.arenaBytes` says for so many cores.
  public init(
    _ plan: ModelPlan, constants: UnsafeRawPointer? = nil, arena: UnsafeMutableRawPointer,
    arenaBytes: Int, otherCore: OtherCore? = nil
  ) throws(PlanRefusal) {
    let mask = PlanFormat.alignment &- 1
    guard arenaBytes >= plan.arenaBytes(cores: otherCore == nil ? 1 : 2),
      Int(bitPattern: arena) & mask == 0
    else { throw .arena }
    let place = constants ?? plan.base + Int(plan.header[PlanFormat.Header.constantsOffset])
    guard Int(bitPattern: place) & mask == 0 else { throw .misaligned }
    self.plan = plan
    self.constants = place
    self.arena = arena
    self.otherCore = otherCore
  }

  /// Where the input at `index`, below `plan.inputCount`, is to be written. Its memory may serve other
  /// tensors later: write it before every inference.
  public func input(_ index: Int) -> UnsafeMutableRawBufferPointer {
    let operand = plan.input(index).operand
    // Checked: inputs are in the arena.
    return UnsafeMutableRawBufferPointer(start: arena + operand.offset, count: Int(operand.bytes))
  }

  /// The output at `index`, below `plan.outputCount`.
  public func output(_ index: Int) -> UnsafeRawBufferPointer {
    let operand = plan.output(index).operand
    return UnsafeRawBufferPointer(start: address(operand), count: Int(operand.bytes))
  }

  /// One inference; `before` and `after` are called around each operator, with its index.
  @inlinable @inline(__always)
  public func run(before: (Int) -> Void, after: (Int) -> Void) {
    let count = plan.operatorCount
    var index = 0
    while index < count {
      before(index)
      runOperator(index)
      after(index)
      index &+= 1
    }
  }

  /// The operator at `index`, below `plan.operatorCount`; those before it have run.
  @inline(never)
  public func runOperator(_ index: Int) {
    let operation = plan.operation(index)
    guard let otherCore, operation.isShared else {
      run(operation, .whole)
      return
    }
    var half = OperatorHalf(run: self, operation: operation)
    withUnsafeMutablePointer(to: &half) { half in
      // The half outlives its use: `wait` returns after the other core's last access.
      otherCore.start(
        { context in
          guard let context else { return }
          context.assumingMemoryBound(to: OperatorHalf.self).pointee.compute()
        }, half)
      run(operation, .first)
      otherCore.wait()
    }
  }

  @inline(__always)
  func address(_ operand: PlanOperand) -> UnsafeRawPointer {
    (operand.isConstant ? constants : UnsafeRawPointer(arena)) + operand.offset
  }

  /// The elements of an operand that is there.
  @inline(__always)
  func read<Element>(
    _ operation: PlanOperator, _ slot: PlanFormat.Slot, as type: Element.Type = Element.self
  ) -> UnsafePointer<Element> {
    address(operation.operand(slot)).assumingMemoryBound(to: Element.self)
  }

  /// The same; nil for one that is left out.
  @inline(__always)
  func readOptional<Element>(
    _ operation: PlanOperator, _ slot: PlanFormat.Slot
  ) -> UnsafePointer<Element>? {
    let operand = operation.operand(slot)
    return operand.isThere ? address(operand).assumingMemoryBound(to: Element.self) : nil
  }

  /// The output. Checked: it is in the arena.
  @inline(__always)
  func write<Element>(
    _ operation: PlanOperator, as type: Element.Type = Element.self
  ) -> UnsafeMutablePointer<Element> {
    (arena + operation.operand(.output).offset).assumingMemoryBound(to: Element.self)
  }

  /// Scratch memory of the core that has that share; nil where the operator takes none.
  @inline(__always)
  func scratch(_ operation: PlanOperator, _ share: Share) -> UnsafeMutablePointer<Int16>? {
    let operand = operation.operand(share == .second ? .otherScratch : .scratch)
    guard operand.isThere else { return nil }
    return (arena + operand.offset).assumingMemoryBound(to: Int16.self)
  }
}

/// What the other core is given.
private struct OperatorHalf {
  let run: EngineRun
  let operation: PlanOperator

  @inline(never)
  func compute() { run.run(operation, .second) }
}
