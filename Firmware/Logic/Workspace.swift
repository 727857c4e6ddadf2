/// The memory that a session works in, cut out of one piece that it is given.
struct Workspace {
  /// One state of the board that has a machine line.
  struct Machine {
    var id: UInt64
    var cores: Int
    var state: BoardState
  }

  /// States of the board that are remembered; others get a line of their own each time.
  static let machineLimit = 16
  /// The longest text that is composed, a plan's.
  static let textBytes = 384
  /// The longest flash mode, as serial/255.
  private static let flashBytes = 24

  let summaries: UnsafeMutableBufferPointer<Summary>
  let machines: UnsafeMutableBufferPointer<Machine>
  let text: UnsafeMutableBufferPointer<UInt8>
  let flash: UnsafeMutableBufferPointer<UInt8>
  let line: UnsafeMutableBufferPointer<UInt8>

  private static let summaryBytes = RunStatistics.operatorLimit * MemoryLayout<Summary>.stride
  private static let machineBytes = machineLimit * MemoryLayout<Machine>.stride

  /// Bytes that it takes.
  static var bytes: Int {
    summaryBytes + machineBytes + textBytes + flashBytes + CommandLine.limit
  }

  /// Cuts up `memory`, which begins at a multiple of 8 and has `bytes` bytes.
  init(_ memory: UnsafeMutableRawBufferPointer) {
    precondition(memory.count >= Self.bytes)
    // Bounds: the pieces are as long as `bytes` counts them, in the order of falling alignment.
    var rest = memory
    func take(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
      let piece = UnsafeMutableRawBufferPointer(rebasing: rest[..<bytes])
      rest = UnsafeMutableRawBufferPointer(rebasing: rest[bytes...])
      return piece
    }
    summaries = take(Self.summaryBytes).bindMemory(to: Summary.self)
    machines = take(Self.machineBytes).bindMemory(to: Machine.self)
    text = take(Self.textBytes).bindMemory(to: UInt8.self)
    flash = take(Self.flashBytes).bindMemory(to: UInt8.self)
    line = take(CommandLine.limit).bindMemory(to: UInt8.self)
    summaries.initialize(repeating: Summary())
    machines.initialize(repeating: Machine(id: 0, cores: 0, state: BoardState()))
    text.initialize(repeating: 0)
    flash.initialize(repeating: 0)
    line.initialize(repeating: 0)
  }
}
