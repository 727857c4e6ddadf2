import Reference
import Synchronization

/// Traffic that was simulated before in this process: cells of a notebook and analyses with other
/// options ask for the same models again. The simulation is a function of the key, so whoever comes
/// first, the answer is the same.
enum TrafficMemory {
  struct Key: Hashable {
    var machine: String
    var model: ModelCost
    var variant: MachineModelVariant
    var hasCache: Bool
    var cyclesPerInstruction: Double
  }

  /// Sweeps ask for many layers once; beyond this nothing more is kept.
  private static let most = 512
  private static let held = Mutex<[Key: [LineTraffic]]>([:])

  /// What is known for `key`, else what `simulate` gives.
  static func traffic(_ key: Key, _ simulate: () -> [LineTraffic]) -> [LineTraffic] {
    if let known = held.withLock({ $0[key] }) { return known }
    let made = simulate()
    held.withLock { if $0.count < most { $0[key] = made } }
    return made
  }
}
