import Foundation
import Support
import TestSupport
import Testing

@testable import Capture

/// What cannot be recorded, and files that cannot be written.
@Suite(.serialized) struct CaptureRefusalTests {
  private func failure(_ port: String, _ file: CaptureFile) throws -> Diagnostic? {
    do {
      _ = try CaptureThread(CaptureOptions(port: port), into: file).result()
      return nil
    } catch let failure as Diagnostic {
      return failure
    }
  }

  @Test func aFileIsNoPort() throws {
    try withFolder { folder in
      let file = try CaptureFile(path: folder + "/log.txt", existing: .refuse)
      try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/port"))
      for path in [folder + "/port", folder, "/dev/null", folder + "/port/deeper"] {
        let failure = try failure(path, file)
        #expect(failure?.rule == CaptureRule.usage.rawValue, "\(path)")
        #expect(failure?.message == "'\(path)' is no serial port")
      }
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may open everything"))
  func permissionDeniedNamesTheGroup() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      chmod(peer.path, 0)
      let file = try CaptureFile(path: folder + "/log.txt", existing: .refuse)
      let failure = try failure(peer.path, file)
      #expect(failure?.rule == CaptureRule.system.rawValue)
      #expect(failure?.message.hasSuffix("permission denied") == true)
    }
  }

  @Test(arguments: [EACCES, EPERM])
  func theGroupIsNamed(number: Int32) {
    let failure = SerialPort.failure("/dev/ttyACM0", opening: number)
    #expect(failure.rule == CaptureRule.system.rawValue)
    #expect(failure.message == "the port '/dev/ttyACM0' cannot be opened: permission denied")
    #if os(Linux)
    #expect(failure.remedy.contains("dialout"))
    #endif
  }

  @Test func aPortIsReadByOne() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let first = try SerialPort(path: peer.path, baud: .standard)
      let failure = #expect(throws: Diagnostic.self) {
        _ = try SerialPort(path: peer.path, baud: .standard)
      }
      #expect(failure?.message == "another program uses the port '\(peer.path)'")
      withExtendedLifetime(first) {}
    }
  }

  @Test func aFileThatExistsIsKept() throws {
    try withFolder { folder in
      let path = folder + "/log.txt"
      try Data("old".utf8).write(to: URL(fileURLWithPath: path))
      let failure = #expect(throws: Diagnostic.self) {
        _ = try CaptureFile(path: path, existing: .refuse)
      }
      #expect(failure?.rule == CaptureRule.usage.rawValue)
      #expect(failure?.message == "'\(path)' exists")
      #expect(failure?.remedy.contains("--append") == true)
      #expect(failure?.remedy.contains("--force") == true)
      #expect(contents(of: path) == Array("old".utf8))
    }
  }

  @Test func appendingStartsOnALineOfItsOwn() throws {
    try withFolder { folder in
      let path = folder + "/log.txt"
      try Data("old".utf8).write(to: URL(fileURLWithPath: path))
      for text in ["new\n", "newer\n"] {
        let file = try CaptureFile(path: path, existing: .append)
        try file.write(Array(text.utf8).span)
        try file.finish()
      }
      #expect(contents(of: path) == Array("old\nnew\nnewer\n".utf8))
    }
  }

  @Test func replacingWaitsForTheFirstByte() throws {
    try withFolder { folder in
      let path = folder + "/log.txt"
      try Data("old and long".utf8).write(to: URL(fileURLWithPath: path))
      let unused = try CaptureFile(path: path, existing: .replace)
      try unused.finish()
      #expect(contents(of: path) == Array("old and long".utf8))
      let used = try CaptureFile(path: path, existing: .replace)
      try used.write(Array("new".utf8).span)
      try used.finish()
      #expect(contents(of: path) == Array("new".utf8))
    }
  }

  @Test func aFolderThatIsMissingIsSaid() {
    let failure = #expect(throws: Diagnostic.self) {
      _ = try CaptureFile(path: "/nowhere/at/all.txt", existing: .refuse)
    }
    #expect(failure?.rule == CaptureRule.output.rawValue)
  }

  @Test(.enabled(if: access("/dev/full", W_OK) == 0, "this system has no /dev/full"))
  func aFullDiskIsSaid() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let file = try CaptureFile(path: "/dev/full", existing: .refuse)
      let recording = try CaptureThread(CaptureOptions(port: peer.path), into: file)
      try #require(recording.awaitsConnection())
      peer.send("something\n")
      let failure = #expect(throws: Diagnostic.self) { _ = try recording.result() }
      #expect(failure?.rule == CaptureRule.output.rawValue)
      #expect(failure?.message.contains("'/dev/full' cannot be written: No space left") == true)
    }
  }

  @Test func portsAreListedByTheirLastingNames() throws {
    try withFolder { folder in
      let links = folder + "/serial/by-id"
      try FileManager.default.createDirectory(atPath: links, withIntermediateDirectories: true)
      #if os(Linux)
      let names = ["ttyACM1", "ttyACM0", "ttyS0", "ttyUSB0", "sda"]
      #else
      let names = ["cu.usbmodem2", "cu.usbmodem1", "cu.Bluetooth-Incoming-Port", "tty.usbmodem1"]
      #endif
      for name in names {
        try Data().write(to: URL(fileURLWithPath: folder + "/" + name))
      }
      #if os(Linux)
      try FileManager.default.createSymbolicLink(
        atPath: links + "/usb-Pico-if00", withDestinationPath: "../../ttyACM1")
      let wanted = [folder + "/ttyACM0", links + "/usb-Pico-if00", folder + "/ttyUSB0"]
      #else
      let wanted = [folder + "/cu.usbmodem1", folder + "/cu.usbmodem2"]
      #endif
      #expect(SerialPorts(folder: folder).candidates == wanted)
      #expect(SerialPorts(folder: folder + "/none").candidates == [])
    }
  }
}
