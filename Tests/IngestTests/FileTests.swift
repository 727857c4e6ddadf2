import CZlib
import Foundation
import Support
import TestSupport
import Testing

@testable import Ingest

private let records = ["log origin=measured", "run id=1 unit=cycles"]

private func sampleLog(inferences: Int) -> String {
  var all = records
  var random = SplitMix(8)
  for i in 0..<inferences {
    all.append("inf run=1 i=\(i) time=\(Int.random(in: 1_000_000..<2_000_000, using: &random))")
  }
  return benchLog(all + ["end lines=\(all.count + 1) runs=1"])
}

private func write(_ data: Data, to path: String) throws {
  try data.write(to: URL(fileURLWithPath: path))
}

/// Compresses into a file by zlib, and gives its bytes.
private func gzip(_ text: String, to path: String) throws -> Data {
  let handle = try #require(gzopen(path, "wb"))
  let bytes = Array(text.utf8)
  // Bounds: the pointer is good for `count` bytes within the call.
  let written = bytes.withUnsafeBytes { gzwrite(handle, $0.baseAddress, UInt32($0.count)) }
  #expect(Int(written) == bytes.count)
  #expect(gzclose_w(handle) == Z_OK)
  return try Data(contentsOf: URL(fileURLWithPath: path))
}

@Test func plainAndCompressedFilesReadAlike() throws {
  try withFolder { folder in
    let text = sampleLog(inferences: 400)
    try write(Data(text.utf8), to: folder + "/a.txt")
    _ = try gzip(text, to: folder + "/b.txt.gz")
    let plain = Ingestor().ingest(path: folder + "/a.txt")
    let packed = Ingestor().ingest(path: folder + "/b.txt.gz")
    #expect(plain.form == nil && packed.form == "gzip")
    #expect(plain.diagnostics.isEmpty && packed.diagnostics.isEmpty)
    #expect(plain.bytes == UInt64(text.utf8.count) && packed.bytes == plain.bytes)
    #expect(plain.account == packed.account && plain.account.read == 403)
    #expect(plain.runs.first?.latency == packed.runs.first?.latency)
    #expect(plain.runs.first?.latency?.inferences == 400)
  }
}

/// A short one ends within the first chunk, which decides the dialect; a long one behind it.
@Test(arguments: [20, 6000])
func truncatedGzipIsReadAsFarAsItGoes(inferences: Int) throws {
  try withFolder { folder in
    let path = folder + "/a.txt.gz"
    let whole = try gzip(sampleLog(inferences: inferences), to: path)
    try write(whole.prefix(whole.count * 3 / 4), to: path)
    let file = Ingestor().ingest(path: path)
    #expect(file.rules.contains("read-failure"))
    #expect(file.diagnostics.contains { $0.message.contains("ends too early") })
    let read = try #require(file.runs.first?.latency?.inferences)
    #expect(read > UInt64(inferences / 3) && read < UInt64(inferences))
  }
}

@Test func damagedGzipIsReported() throws {
  try withFolder { folder in
    let path = folder + "/a.txt.gz"
    var whole = try gzip(sampleLog(inferences: 2000), to: path)
    for i in whole.count / 2..<whole.count / 2 + 40 { whole[i] ^= 0x5A }
    try write(whole, to: path)
    let file = Ingestor().ingest(path: path)
    #expect(file.rules.contains("read-failure"))
    #expect(file.diagnostics.contains { $0.severity == .error })
    let reads = file.runs.first?.latency?.inferences ?? 0
    #expect(reads > 300 && reads < 2000, "what stands before the damage is read")
  }
}

@Test func filesThatCannotBeOpened() throws {
  try withFolder { folder in
    let missing = Ingestor().ingest(path: folder + "/none.txt")
    #expect(missing.rules == ["unreadable-file"] && missing.account.total == 0)
    #expect(missing.diagnostics.first?.headline.hasPrefix(folder + "/none.txt: error:") == true)
    let directory = Ingestor().ingest(path: folder)
    #expect(directory.rules == ["unreadable-file"])
    #expect(directory.diagnostics.first?.message == "is a folder, not a log")
    #expect(directory.diagnostics.first?.remedy.contains(folder + "/*.txt") == true)
  }
}

@Test func sidecarBesideTheFileCompletesIt() throws {
  try withFolder { folder in
    try write(Data(sampleLog(inferences: 1).utf8), to: folder + "/a.txt")
    try write(Data("board = \"pico2\"\nbord = 1\n".utf8), to: folder + "/a.toml")
    let file = Ingestor().ingest(path: folder + "/a.txt")
    #expect(file.runs.first?.configuration[.board] == ConfigurationEntry("pico2", .sidecar))
    #expect(file.diagnostics.map(\.file) == [folder + "/a.toml"])
    #expect(file.diagnostics.first?.line == 2)
  }
}

/// Bytes that trickle in from a pipe, a few at a time, are the same log.
@Test func pipesReadLikeFiles() throws {
  try withFolder { folder in
    let text = sampleLog(inferences: 300)
    let path = folder + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let writer = Thread {
      guard let handle = FileHandle(forWritingAtPath: path) else { return }
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: 700) {
        handle.write(Data(bytes[start..<min(start + 700, bytes.count)]))
      }
      try? handle.close()
    }
    writer.start()
    let file = Ingestor().ingest(path: path)
    #expect(file.diagnostics.isEmpty && file.bytes == UInt64(text.utf8.count))
    #expect(file.runs.first?.latency?.inferences == 300)
  }
}

/// `-` is standard input, compressed or not; there is no sidecar file, and no name to learn from.
@Test func standardInputIsRead() throws {
  try withFolder { folder in
    let text = sampleLog(inferences: 50)
    _ = try gzip(text, to: folder + "/a.gz")
    try write(Data(text.utf8), to: folder + "/a.txt")
    let saved = dup(STDIN_FILENO)
    defer {
      dup2(saved, STDIN_FILENO)
      close(saved)
    }
    for name in ["a.txt", "a.gz"] {
      let descriptor = open(folder + "/" + name, O_RDONLY)
      try #require(descriptor >= 0)
      dup2(descriptor, STDIN_FILENO)
      close(descriptor)
      let file = Ingestor().ingest(path: "-")
      #expect(file.path == "-" && file.diagnostics.isEmpty && file.account.read == 53)
      #expect(file.form == (name == "a.gz" ? "gzip" : nil))
      #expect(file.runs.first?.source.file == "-")
    }
    // What a program has in place of one that its caller closed.
    let descriptor = open("/dev/null", O_WRONLY)
    dup2(descriptor, STDIN_FILENO)
    close(descriptor)
    let closed = Ingestor().ingest(path: "-")
    #expect(closed.diagnostics.map(\.message) == ["standard input is closed"])
  }
}

/// However few bytes a source gives at a time, the result is the same.
@Test(arguments: [1, 7, 100, 5000])
func slowSourcesGiveTheSame(size: Int) {
  let text = sampleLog(inferences: 120)
  let bytes = Array(text.utf8)
  let slow = LogRead(path: "log.txt").read(StreamOfBytes(bytes: bytes, step: { _ in size }))
  let whole = ingest(text)
  #expect(slow.runs == whole.runs && slow.account == whole.account)
  #expect(slow.diagnostics.isEmpty && slow.bytes == UInt64(bytes.count))
}

@Test func sourceThatFailsKeepsWhatCameBefore() {
  let bytes = Array(sampleLog(inferences: 10).utf8.prefix(400))
  let file = LogRead(path: "log.txt").read(
    StreamOfBytes(
      bytes: bytes, step: { _ in 400 },
      failure: Diagnostic("read-failure", "was pulled out", remedy: "Plug it in.")))
  #expect(file.rules.contains("read-failure") && file.bytes == 400)
  #expect((file.runs.first?.latency?.inferences ?? 0) > 3)
}

/// What is gone before it was read is missed; what came before counts.
@Test func fileThatShrinksWhileItIsRead() throws {
  try withFolder { folder in
    let path = folder + "/a.txt"
    let bytes = Data(sampleLog(inferences: 40).utf8)
    try write(bytes, to: path)
    let source = try LogSource.only(path: path).bytes
    truncate(path, off_t(bytes.count / 2))
    let file = LogRead(path: path).read(source)
    #expect(file.bytes == UInt64(bytes.count / 2) && file.runs.count == 1)
    #expect(
      file.diagnostics.contains {
        $0.rule == "read-failure" && $0.message.hasPrefix("the file became shorter")
      })
  }
}
