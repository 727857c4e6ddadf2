import CommandLineSupport
import Foundation
import Support
import Testing

/// What a process says of results that it could not write.
@Suite(.serialized) struct FinishTests {
  #if os(Linux)
  @Test func fullDeviceIsAFailure() throws {
    var pipes: [Int32] = [0, 0]
    #expect(pipe(&pipes) == 0)
    let full = open("/dev/full", O_WRONLY)
    var out = StandardStream(descriptor: full)
    var err = StandardStream(descriptor: pipes[1])
    out.write("result\n")
    #expect(CommandRunner.finish(0, out: &out, err: &err) == 1)
    close(full)
    close(pipes[1])
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = read(pipes[0], &bytes, 200)
    close(pipes[0])
    #expect(
      String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        == "error: standard output could not be written: No space left on device\n")
  }
  #endif

  @Test func closedPipeIsNoFailure() {
    signal(SIGPIPE, SIG_IGN)
    var pipes: [Int32] = [0, 0]
    #expect(pipe(&pipes) == 0)
    close(pipes[0])
    var out = StandardStream(descriptor: pipes[1])
    var err = StandardStream(descriptor: pipes[1])
    out.write("result\n")
    #expect(CommandRunner.finish(0, out: &out, err: &err) == 0)
    #expect(out.failure == nil)
    close(pipes[1])
  }
}
