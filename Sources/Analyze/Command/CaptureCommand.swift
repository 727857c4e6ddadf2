import ArgumentParser
import Capture
import CommandLineSupport
import Ingest
import Support

/// Records a serial port.
struct CaptureCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Record what a board prints on a serial port.",
    discussion: """
      Every byte goes to the file as it comes: raw, 8N1, no flow control. The recording stops behind \
      the end line of a whole log, or at ctrl-C; where it began in the middle of a log, it keeps what \
      comes and waits for the next. A board that is reset or unplugged is waited for and \
      found again, under its next number too where the system names it by its serial number \
      (/dev/serial/by-id). Where it broke off within a line, a line break is put between, so that \
      the next line is whole; nothing else is added or left out.

      The firmware waits for a command: --send start. It is sent once, when the port is first open; a \
      board that was reset waits for the next one. Where a plan may be running already, stop it first: \
      --send stop --send start.

      Logs of other programs are recorded as well; stop them with ctrl-C, or with --timeout.

      EXAMPLES
        analyze capture --send start -o board.txt    the only board there is
        analyze capture /dev/ttyACM0 -o board.txt    what somebody else starts
        analyze capture /dev/ttyUSB0 --baud 921600 -o board.txt
        analyze capture --send "plan quick" --send start -o board.txt
        analyze capture --timeout 60 -o board.txt    give up after a silence of 60 s
        qemu-system-arm ... | analyze capture - -o - | tee board.txt
      """)
  @Argument(
    help: "The port, or '-' for standard input; the only one there is when left out.",
    completion: .file())
  var port: String?
  @Option(
    name: .shortAndLong, help: "The file, or '-' for standard output.", completion: .file())
  var output: String?
  @Option(help: ArgumentHelp("Speed of a UART; USB has its own.", valueName: "bits/s"))
  var baud = BaudRate.standard.bitsPerSecond
  @Flag(help: "Record behind what the file holds.")
  var append = false
  @Flag(help: "Replace the file.")
  var force = false
  @Flag(help: "Go on behind the end line, until ctrl-C.")
  var keepGoing = false
  @Option(help: ArgumentHelp("Give up when nothing came for so long.", valueName: "seconds"))
  var timeout: Double?
  @Option(
    help: ArgumentHelp(
      "Send a line (with LF) once the port is first open; may be repeated.", valueName: "text"))
  var send: [String] = []

  func run(on console: inout Console) throws -> Int32 {
    let target = try checkedTarget()
    let options = try checkedOptions(console.environment)
    do throws(Diagnostic) {
      let file = try CaptureFile(
        path: target, existing: append ? .append : force ? .replace : .refuse)
      let stop = try StopSignal()
      let display = CaptureDisplay(options, target: target, console.environment)
      let environment = console.environment
      var said = ""
      defer { console.err += said }
      let result = try stop.whileCatchingSignals { () throws(Diagnostic) in
        defer { display.clear() }
        return try Capture.run(options, into: file, until: stop) { event in
          let words = display.show(event)
          if environment.isLive { display.say(words) } else { said += words }
        }
      }
      let summary = CaptureSummary(result, target: target)
      said += summary.words
      return summary.status
    } catch {
      throw CommandFailure(error, status: CaptureRule(rawValue: error.rule) == .usage ? 2 : 1)
    }
  }

  /// Where to record, after the folders on the way were made.
  private func checkedTarget() throws -> String {
    guard let output, !output.isEmpty else {
      throw CommandFailure.usage(
        "no file is named to record into",
        remedy: "Name it: analyze capture \(port ?? "/dev/ttyACM0") -o board.txt, or '-o -'.")
    }
    guard !(append && force) else {
      throw CommandFailure.usage(
        "--append keeps what --force replaces", remedy: "Choose one of them.")
    }
    if output != "-", let slash = output.lastIndex(of: "/"), slash != output.startIndex {
      try Results.folder(String(output[..<slash]))
    }
    return output
  }

  private func checkedOptions(_ environment: Environment) throws -> CaptureOptions {
    var options = CaptureOptions(port: try Self.choose(port, of: SerialPorts()))
    if let output { try Results.protect([options.port], from: [output]) }
    guard let rate = BaudRate(baud) else {
      let all = BaudRate.all.map { String($0.bitsPerSecond) }.joined(separator: ", ")
      throw CommandFailure.usage(
        "\(baud) baud is no speed that this system knows", remedy: "Known are: \(all).")
    }
    options.baud = rate
    options.stopsAtEnd = !keepGoing
    if environment.progress { options.tick = CaptureDisplay.interval }
    if let timeout {
      guard timeout > 0, timeout <= 1e9 else {
        throw CommandFailure.usage(
          "'--timeout \(timeout)' is no time to wait", remedy: "Give seconds, as in 60.")
      }
      options.timeout = .seconds(timeout)
    }
    guard send.isEmpty || options.port != "-" else {
      throw CommandFailure.usage(
        "nothing can be sent to standard input", remedy: "Name a port, or omit --send.")
    }
    options.greeting = send.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
    return options
  }

  /// The port to record: the one that was named, or the only one.
  static func choose(_ named: String?, of ports: SerialPorts) throws(CommandFailure) -> String {
    if let named { return named }
    let candidates = ports.candidates
    if candidates.count == 1 { return candidates[0] }
    guard candidates.isEmpty else {
      throw CommandFailure.usage(
        "no port is named, and there are \(candidates.count)",
        remedy: "Name one of them: \(candidates.joined(separator: ", ")).")
    }
    throw CommandFailure.usage(
      "no port is named, and no board is connected",
      remedy: "Connect one, or name a port to wait for, as in /dev/ttyACM0.")
  }
}
