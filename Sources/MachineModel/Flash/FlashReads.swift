import Reference

/// Line fills of any model whose operators are known, on one machine.
package struct FlashReads: Sendable {
  let machine: Machine
  package let kernels: KernelCosts
  /// Cycles per instruction that the work between reads is timed with.
  let cyclesPerInstruction: Double
  let variant: MachineModelVariant

  /// Cycles for which a transfer waits for the next read.
  private var cooldown: Double? {
    machine.flashTransfers.map { $0.cooldownCycles + halfClock }
  }
  /// Half a serial clock after boot, rounded up to whole cycles.
  private var halfClock: Double {
    machine.flashModes.first.map { ($0.divider / 2).rounded(.up) } ?? 0
  }
  /// Cycles from one transfer that was cut short to the next.
  var deselectCycles: Double {
    guard variant.deselect else { return 0 }
    return machine.flashTransfers.map { $0.minDeselectCycles + halfClock } ?? 0
  }

  /// Traffic of each operator in one of many inferences with the weights in flash.
  package func traffic(of model: ModelCost, hasCache: Bool = true) -> [LineTraffic] {
    // The pause between transfers changes their cost, not their number; only int8 kernels have rows in turn.
    var counted = variant
    counted.deselect = false
    counted.rowsInTurn = variant.rowsInTurn || model.dtype != .int8
    let key = TrafficMemory.Key(
      machine: machine.id, model: model, variant: counted, hasCache: hasCache,
      cyclesPerInstruction: cyclesPerInstruction)
    return TrafficMemory.traffic(key) { simulated(model, hasCache: hasCache) }
  }

  private func simulated(_ model: ModelCost, hasCache: Bool) -> [LineTraffic] {
    let readers = WeightReaders(
      kernels: kernels, cyclesPerInstruction: cyclesPerInstruction
    ).make(model).map { reader in
      reader.map { reader in
        var reader = reader
        if !variant.biases { reader.biasAddress = nil }
        if !variant.code || !hasCache { reader.codeBytes = 0 }
        reader.rowsInTurn = variant.rowsInTurn
        return reader
      }
    }
    var simulation = Simulation(
      geometry: hasCache ? machine.cache?.geometry : nil, lineBytes: 4,
      interface: FlashInterface(
        cooldownCycles: variant.transferLimits ? cooldown : nil,
        pageBreakBytes: variant.transferLimits ? machine.flashTransfers?.pageBreakBytes : nil))
    simulation.codeOffsetLines = variant.codeOffsetLines
    var traffic = simulation.steadyTraffic(readers.compactMap { $0 }).makeIterator()
    return readers.map { $0 == nil ? LineTraffic() : traffic.next() ?? LineTraffic() }
  }
}

extension CacheDescription {
  /// The cache for a simulation; nil where it is not one that can be simulated.
  var geometry: CacheGeometry? {
    Replacement(rawValue: replacement).flatMap {
      CacheGeometry(bytes: bytes, ways: ways, lineBytes: lineBytes, replacement: $0)
    }
  }
}

extension [LineTraffic] {
  /// The sum of all.
  package var total: LineTraffic { reduce(LineTraffic(), +) }
}
