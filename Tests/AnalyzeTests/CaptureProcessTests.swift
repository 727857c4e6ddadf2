import Capture
import Foundation
import TestSupport
import Testing

@testable import analyze

/// `analyze capture` as a process: real signals, real streams.
@Suite(.serialized, .enabled(if: Program.isBuilt, "there is no analyze to start"))
struct CaptureProcessTests {
  private static let log = Checkout.root.appendingPathComponent("logs/rp2350_sram.txt")

  /// A pseudo-terminal: the board's end, and the name of the port.
  private func pair() throws -> (board: FileHandle, port: String) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    guard openpty(&master, &slave, nil, nil, nil) == 0, let name = ttyname(slave) else {
      throw POSIXError(.ENODEV)
    }
    close(slave)
    return (FileHandle(fileDescriptor: master, closeOnDealloc: true), String(cString: name))
  }

  private func started(
    _ arguments: [String], input: Any = FileHandle.nullDevice, output: Any = FileHandle.nullDevice
  ) throws -> (process: Process, errors: FileHandle) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["capture"] + arguments
    process.standardInput = input
    process.standardOutput = output
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    return (process, errors.fileHandleForReading)
  }

  /// Reads until `words` came or the stream ended.
  private func read(_ stream: FileHandle, until words: String) -> String {
    var text = ""
    while !text.contains(words) {
      let data = stream.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    return text
  }

  /// Waits for the end; a program that does not end within 20 s is ended, and fails the test.
  private func end(_ process: Process) {
    let limit = Date(timeIntervalSinceNow: 20)
    while process.isRunning, Date() < limit { usleep(1000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aSignalStopsCleanly(number: Int32) throws {
    try withFolder { folder in
      let (board, port) = try pair()
      let path = folder + "/log.txt"
      let (process, errors) = try started([port, "-o", path])
      let opening = read(errors, until: "ctrl-C\n")
      #expect(
        opening == "recording \(port) at 115200 baud into \(path), until its end line or ctrl-C\n")
      let part = try Data(contentsOf: Self.log).prefix(1000)
      try board.write(contentsOf: part)
      // Each byte is in the file before the next is awaited.
      while FileManager.default.contents(atPath: path)?.count ?? 0 < 1000, process.isRunning {
        usleep(1000)
      }
      kill(process.processIdentifier, number)
      end(process)
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 0)
      let closing = read(errors, until: "Read it with")
      #expect(closing.contains("1,000 bytes, 15 lines"))
      #expect(closing.contains("stopped as asked; no end line came"))
      #expect(closing.contains("analyze \(path)\n"))
      #expect(FileManager.default.contents(atPath: path) == part)
    }
  }

  @Test func theEndLineStopsIt() throws {
    try withFolder { folder in
      let (board, port) = try pair()
      let path = folder + "/log.txt"
      let (process, errors) = try started([port, "-o", path])
      _ = read(errors, until: "ctrl-C\n")
      let log = try Data(contentsOf: Self.log)
      try board.write(contentsOf: log)
      end(process)
      #expect(process.terminationStatus == 0)
      #expect(FileManager.default.contents(atPath: path) == log)
    }
  }

  /// With standard error closed the file that is opened first would get its number.
  @Test(arguments: ["2>&-", "2>&- 1>&- 0<&-", "1>&-"])
  func closedStreamsStayOutOfTheRecording(closing: String) throws {
    try withFolder { folder in
      let (board, port) = try pair()
      let path = folder + "/log.txt"
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [
        "-c", "exec \"$0\" capture \"$1\" -o \"$2\" \(closing)", Program.path, port, path,
      ]
      try process.run()
      let log = try Data(contentsOf: Self.log)
      try board.write(contentsOf: log)
      end(process)
      #expect(process.terminationStatus == 0)
      #expect(FileManager.default.contents(atPath: path) == log)
    }
  }

  @Test func streamsArePassedThrough() throws {
    try withFolder { folder in
      let path = folder + "/out.txt"
      try Data().write(to: URL(fileURLWithPath: path))
      let log = try FileHandle(forReadingFrom: Self.log)
      let copy = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      let (process, errors) = try started(["-", "-o", "-"], input: log, output: copy)
      end(process)
      #expect(process.terminationStatus == 0)
      #expect(read(errors, until: "end line").contains("standard output: 1,180 bytes"))
      #expect(try FileManager.default.contents(atPath: path) == Data(contentsOf: Self.log))
    }
  }
}

/// The program beside the bundle of the tests.
enum Program {
  static let path: String = {
    #if os(Linux)
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    #else
    let folder = Bundle(for: Marker.self).bundleURL.deletingLastPathComponent()
    #endif
    return folder.appendingPathComponent("analyze").path
  }()

  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

  private final class Marker {}
}
