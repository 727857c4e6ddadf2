import Foundation
import Synchronization
import TestSupport
import Testing

@testable import analyze

/// Pipes where files could stand.
@Suite(.serialized) struct StreamFileTests {
  private static let log = "logs/rp2350_sram.txt"

  /// Reads what is written into a pipe, meanwhile.
  private func reading(
    _ open: @escaping @Sendable () -> FileHandle?, _ body: () throws -> Void
  ) rethrows -> String {
    let text = Mutex("")
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let data = open()?.readDataToEndOfFile() ?? Data()
      text.withLock { $0 = String(decoding: data, as: UTF8.self) }
      done.signal()
    }
    thread.start()
    try body()
    _ = done.wait(timeout: .now() + 20)
    return text.withLock { $0 }
  }

  /// As the shell writes `-o >(cat)`.
  @Test(.timeLimit(.minutes(1))) func resultsGoIntoAnOpenPipe() throws {
    let expected = Harness.analyze("speedup", Self.log).out
    var pipes: [Int32] = [0, 0]
    #expect(pipe(&pipes) == 0)
    let (end, input) = (pipes[0], pipes[1])
    let text = reading({ FileHandle(fileDescriptor: end, closeOnDealloc: true) }) {
      let result = Harness.analyze("speedup", Self.log, "-o", "/dev/fd/\(input)")
      #expect(result.status == 0 && result.out.isEmpty, "\(result.err)")
      close(input)
    }
    #expect(text == expected)
  }

  @Test(.timeLimit(.minutes(1))) func resultsGoIntoANamedPipe() throws {
    try withFolder { folder in
      let path = folder + "/fifo"
      #expect(mkfifo(path, 0o600) == 0)
      let text = reading({ FileHandle(forReadingAtPath: path) }) {
        #expect(Harness.analyze("runs", Self.log, "-o", path).status == 0)
      }
      #expect(text == Harness.analyze("runs", Self.log).out)
    }
  }

  @Test(.timeLimit(.minutes(1))) func aPipeIsNoModel() throws {
    try withFolder { folder in
      let path = folder + "/m.tflite"
      #expect(mkfifo(path, 0o600) == 0)
      for command in [["runs", Self.log, "--models", path], ["model", path]] {
        let result = Harness.analyze(command)
        #expect(result.status == 1)
        #expect(
          result.err.contains(
            "is a pipe, not a file\n  Write the model to a file first"),
          "\(result.err)")
      }
    }
  }

  /// A log may be a pipe; a pipe beside it where its sidecar could lie is not waited for.
  @Test(.timeLimit(.minutes(1))) func aPipeIsALog() throws {
    let bytes = try Data(contentsOf: Checkout.root.appendingPathComponent(Self.log))
    try withFolder { folder in
      let path = folder + "/log.txt"
      #expect(mkfifo(path, 0o600) == 0 && mkfifo(folder + "/log.toml", 0o600) == 0)
      let writer = Thread {
        let handle = FileHandle(forWritingAtPath: path)
        handle?.write(bytes)
        try? handle?.close()
      }
      writer.start()
      let result = Harness.analyze("speedup", path, path, "--format", "csv")
      #expect(result.status == 0)
      #expect(result.out == Harness.analyze("speedup", Self.log, "--format", "csv").out)
    }
  }
}
