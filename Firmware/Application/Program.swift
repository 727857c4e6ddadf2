import ApplicationSupport
import Core
import FirmwareInterface
import FirmwareLogic

/// Measures models on the board that it runs on, and prints a log.
@main
struct Program {
  static func main() {
    port_start()
    let port = Port()
    profiler_start(port.hasCounters ? 1 : 0)
    let memory = support_workspace()
    var session = Session(
      board: port, runner: Engines(hasCounters: port.hasCounters), benchmarks: Roofs(),
      build: BuildDescription(
        compiler: Text(cString: support_compiler()), flags: Text(cString: support_flags()),
        revision: Text(cString: support_revision()),
        code: WeightsPlace(Text(cString: support_code_place()).bytes.span)),
      workspace: UnsafeMutableRawBufferPointer(start: memory.base, count: Int(memory.bytes)))
    session.greet()

    let autostart = Text(cString: support_autostart())
    for byte in autostart.bytes { session.take(byte) }
    // Nobody sits at an emulator that was told what to do.
    if !autostart.isEmpty, port.description.origin == .emulated {
      port_flush()
      port_end(session.failures == 0 ? 0 : 1)
    }
    while true {
      // The clock must be read now and then, or it misses that it wrapped.
      _ = port.now()
      if let byte = port.get() { session.take(byte) }
    }
  }
}
