import Foundation
import Support

/// What one command line gave.
public struct CommandOutcome: Sendable {
  /// Its exit status.
  public let status: Int32
  /// What it wrote to standard output.
  public let out: String
  /// What it wrote to standard error.
  public let err: String

  /// What a program gave.
  public init(status: Int32, out: String, err: String) {
    (self.status, self.out, self.err) = (status, out, err)
  }

  /// Runs a program by its path, or a tool by its name.
  public init(running program: String, _ arguments: [String]) throws {
    let scratch = try ScratchFolder()
    defer { withExtendedLifetime(scratch) {} }
    let files = try ["out", "err"].map { name in
      let file = scratch.url.appendingPathComponent(name)
      try Data().write(to: file)
      return file
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    out = String(decoding: try Data(contentsOf: files[0]), as: UTF8.self)
    err = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
  }

  /// Runs a command in process, on streams in memory and in an environment where all is at its default.
  package init(
    width: Int, _ run: (inout MemoryStream, inout MemoryStream, inout Environment) -> Int32
  ) {
    var out = MemoryStream()
    var err = MemoryStream()
    var environment = Environment()
    environment.width = width
    status = run(&out, &err, &environment)
    (self.out, self.err) = (out.text, err.text)
  }
}
