import Capture
import Foundation
import Ingest
import Support
import TestSupport
import Testing

@testable import analyze

/// `analyze capture` in process.
@Suite(.serialized) struct CaptureCommandTests {
  private static let log = Checkout.path("logs/rp2350_sram.txt")

  @Test(arguments: [
    ([], "no file is named to record into", "-o board.txt"),
    (["/dev/ttyACM9", "-o", "x.txt", "--append", "--force"], "--append keeps", "Choose one"),
    (["/dev/ttyACM9", "-o", "x.txt", "--baud", "115201"], "115201 baud is no speed", "115200, 23"),
    (["/dev/ttyACM9", "-o", "x.txt", "--timeout", "0"], "is no time to wait", "seconds"),
    (["/dev/ttyACM9", "-o", "x.txt", "--timeout", "nan"], "is no time to wait", "seconds"),
    (["-", "-o", "x.txt", "--send", "start"], "nothing can be sent", "omit --send"),
    (["logs/rp2350_sram.txt", "-o", "build/x.txt"], "is no serial port", "/dev/ttyACM0"),
    (["logs/rp2350_sram.txt", "-o", "logs/rp2350_sram.txt"], "would replace the input", "-o"),
    (["-", "-o", "README.md"], "'README.md' exists", "--append"),
  ])
  func refusals(arguments: [String], fact: String, remedy: String) {
    let result = Harness.analyze(["capture"] + arguments)
    #expect(result.status == 2)
    #expect(result.err.contains(fact), "\(result.err)")
    #expect(result.err.contains(remedy), "\(result.err)")
    #expect(!FileManager.default.fileExists(atPath: Checkout.path("x.txt")))
    #expect(!FileManager.default.fileExists(atPath: Checkout.path("build/x.txt")))
  }

  @Test func aPlaceThatCannotBeWrittenIsStatusOne() {
    let result = Harness.analyze("capture", "/dev/ttyACM9", "-o", "README.md/x.txt")
    #expect(result.status == 1)
    #expect(result.err.contains("README.md"))
  }

  @Test func aPortThatNeverComesIsGivenUp() throws {
    try withFolder { folder in
      let result = Harness.analyze(
        "capture", folder + "/port", "-o", folder + "/deep/log.txt", "--timeout", "0.05")
      #expect(result.status == 1)
      #expect(result.err.hasPrefix("waiting: the port '\(folder)/port' cannot be opened: "))
      #expect(result.err.contains("nothing came, so nothing was written: gave up at --timeout"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/deep/log.txt"))
    }
  }

  @Test func theOnlyPortIsTaken() throws {
    try withFolder { folder in
      #if os(Linux)
      let names = ["ttyACM0", "ttyUSB3"]
      #else
      let names = ["cu.usbmodem1", "cu.usbmodem2"]
      #endif
      let ports = SerialPorts(folder: folder)
      let none = #expect(throws: CommandFailure.self) {
        try CaptureCommand.choose(nil, of: ports)
      }
      #expect(none?.diagnostic.message == "no port is named, and no board is connected")
      try Data().write(to: URL(fileURLWithPath: folder + "/" + names[0]))
      #expect(try CaptureCommand.choose(nil, of: ports) == folder + "/" + names[0])
      try Data().write(to: URL(fileURLWithPath: folder + "/" + names[1]))
      let two = #expect(throws: CommandFailure.self) { try CaptureCommand.choose(nil, of: ports) }
      #expect(two?.diagnostic.message == "no port is named, and there are 2")
      #expect(
        two?.diagnostic.remedy.contains("\(folder)/\(names[0]), \(folder)/\(names[1])") == true)
      #expect(try CaptureCommand.choose("-", of: ports) == "-")
    }
  }

  @Test func theLineThatCountsSaysWhatIsGoingOn() throws {
    var progress = CaptureProgress()
    #expect(CaptureDisplay.line("waiting", progress) == "waiting, 0 lines, 0 B")
    progress.lines = 1234
    progress.records = 1230
    progress.damaged = 4
    progress.bytes = 98_765
    progress.inferences = 1
    progress.operators = 14
    progress.run = RunUnderWay(id: 3, model: "kws\u{1B}[2J int8", unit: "cycles", latency: 618_449)
    #expect(
      CaptureDisplay.line("connected", progress)
        == "connected, run 3 (kws\\u{1b}[2J int8) 618,449 cycles, 1 inference, 14 operators, "
        + "1,234 lines, 4 damaged, 98,765 B")
  }

  @Test func theEndOfALogThatBeganEarlierIsSaid() {
    var options = CaptureOptions(port: "/dev/ttyACM0")
    let environment = Environment()
    let display = CaptureDisplay(options, target: "x.txt", environment)
    var progress = CaptureProgress()
    progress.records = 5
    #expect(display.show(.progress(progress)) == "")
    progress.ends = 1
    #expect(
      display.show(.progress(progress)) == """
        a log ended that began before the recording: waiting for a whole one
          Send the board start to have one, or stop with ctrl-C; what came is kept.

        """)
    // Once for each; and a whole one needs no words.
    #expect(display.show(.progress(progress)) == "")
    progress.ends = 2
    progress.wholeLogs = 1
    #expect(display.show(.progress(progress)) == "")
    options.stopsAtEnd = false
    progress.wholeLogs = 0
    #expect(CaptureDisplay(options, target: "x", environment).show(.progress(progress)) == "")
  }

  @Test func theSummarySaysWhatIsWrong() {
    var progress = CaptureProgress()
    progress.bytes = 100
    progress.lines = 3
    progress.records = 2
    progress.damaged = 1
    progress.missing = 2
    progress.startedLate = true
    progress.restarts = 1
    let result = CaptureResult(reason: .timeout, progress: progress, reconnects: 1, unsent: 6)
    let summary = CaptureSummary(result, target: "my board.txt")
    #expect(summary.status == 1)
    #expect(
      summary.words == """
        my board.txt: 100 bytes, 3 lines, 0 runs, 0 inferences, 1 damaged line, 1 reconnect
          error: gave up at --timeout; the log began before the recording; 2 lines of the log did \
        not come; the board booted again 1 time; no end line came; 6 bytes of --send could not be \
        sent
          Read it with: analyze 'my board.txt'

        """)
  }
}
