import Support
import TestSupport
import Testing

@testable import Ingest

/// Logs as files come: packed, in archives, in other encodings.
@Suite struct LogFormTests {
  static let packings: [Packing] = [.gzip, .xz, .bzip2, .zstd, .zip, .tar]

  /// Logs of several dialects.
  static let logs = [
    "benchlog-v2.txt", "mlperf-eembc-log.txt", "st-system-performance.txt", "tflm-application.txt",
    "tflm-redundant.txt",
  ]

  /// How a text may be written: what comes before it, and of each code unit its bytes.
  enum Encoding: CaseIterable {
    case utf8, utf8Marked, little, littleMarked, big, bigMarked, wide

    func bytes(_ text: String) -> [UInt8] {
      func units(_ swapped: Bool, _ marked: Bool) -> [UInt8] {
        ((marked ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
          let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
          return swapped ? bytes.reversed() : bytes
        }
      }
      return switch self {
      case .utf8: Array(text.utf8)
      case .utf8Marked: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      case .little: units(false, false)
      case .littleMarked: units(false, true)
      case .big: units(true, false)
      case .bigMarked: units(true, true)
      case .wide:
        ("\u{FEFF}" + text).unicodeScalars.flatMap { scalar in
          (0..<4).map { UInt8(scalar.value >> (8 * $0) & 0xFF) }
        }
      }
    }
  }

  static func read(_ bytes: [UInt8], step: Int? = nil) -> [IngestedFile] {
    let input: any ReadableBytes =
      step.map { step in StreamOfBytes(bytes: bytes, step: { _ in step }) } ?? BytesInMemory(bytes)
    do throws(Diagnostic) {
      let source = try LogSource(input)
      return Ingestor().read(source, path: "log.txt", amongst: 1) { _ in }.map(\.file)
    } catch {
      return [IngestedFile(unreadable: "log.txt", error)]
    }
  }

  private func expectSame(_ file: IngestedFile, _ plain: IngestedFile, _ comment: String) {
    var runs = file.runs
    for i in runs.indices { runs[i].source.file = "log.txt" }
    #expect(runs == plain.runs, "\(comment)")
    #expect(file.account == plain.account && file.recognition == plain.recognition, "\(comment)")
    #expect(
      file.diagnostics.map { "\($0.rule) \($0.line)" }
        == plain.diagnostics.map { "\($0.rule) \($0.line)" }, "\(comment)")
  }

  /// Whole, and with a hundredth of its characters replaced.
  @Test(arguments: logs) func everyFormReadsAlike(name: String) throws {
    for seed in 0..<3 {
      var random = SplitMix(UInt64(seed))
      var text = Array(try fixtureText(name).unicodeScalars)
      for _ in 0..<seed * text.count / 200 {
        text[random.below(text.count)] =
          "0x ,µ\u{1F600}\n".unicodeScalars.randomElement(using: &random) ?? "0"
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text)
      let plain = try #require(Self.read(Array(String(view).utf8)).first)
      #expect(plain.form == nil)
      for encoding in Encoding.allCases {
        let bytes = encoding.bytes(String(view))
        let comment = "\(name), \(encoding), seed \(seed)"
        expectSame(try #require(Self.read(bytes).first), plain, comment)
        expectSame(try #require(Self.read(bytes, step: 997).first), plain, comment)
        for packing in Self.packings {
          let packed = Packed.bytes(bytes, as: packing)
          for step in [nil, 1 + random.below(5000)] {
            let file = try #require(Self.read(packed, step: step).first)
            expectSame(file, plain, "\(comment), \(packing), \(step ?? 0)")
            #expect(file.form?.hasPrefix(packing.rawValue) == true)
          }
        }
      }
    }
  }

  @Test func formIsNamed() throws {
    let text = try fixtureText("tflm-application.txt")
    func form(_ encoding: Encoding, _ packing: Packing) throws -> String? {
      Self.read(Packed.bytes(encoding.bytes(text), as: packing)).first?.form
    }
    #expect(try form(.littleMarked, .xz) == "xz, UTF-16")
    #expect(try form(.big, .zip) == "zip, UTF-16BE")
    #expect(try form(.wide, .tar) == "tar, UTF-32")
    let tarball = Packed.bytes(Packed.bytes(Array(text.utf8), as: .tar), as: .gzip)
    #expect(Self.read(tarball).first?.form == "gzip, tar")
  }

  /// Whatever was damaged: it is read or refused, and what is wrong is said.
  @Test func damageBreaksNothing() throws {
    let text = try fixture("tflm-application.txt")
    for packing in Self.packings {
      let whole = Packed.bytes(text, as: packing)
      for seed in 0..<60 {
        var random = SplitMix(UInt64(seed))
        var damaged = whole
        for _ in 0..<1 + random.below(4) {
          damaged[random.below(damaged.count)] = UInt8(random.below(256))
        }
        if seed % 3 == 0 { damaged = Array(damaged.prefix(random.below(damaged.count))) }
        for file in Self.read(damaged, step: seed % 2 == 0 ? nil : 500) {
          #expect(file.runs == [] || !file.runs.isEmpty)
          #expect(file.recognition.dialect != .unknown || !file.diagnostics.isEmpty)
        }
      }
    }
  }

  /// The unpacker of libarchive gives 64 KiB at a time; what came before the damage counts.
  @Test(arguments: [Packing.gzip, .xz, .bzip2, .zstd, .zip, .tar])
  func whatCameBeforeTheEndCounts(packing: Packing) throws {
    var random = SplitMix(3)
    var text = "RP2350 CPU Clock Frequency = 150000000\n"
    for _ in 0..<100_000 { text += "CONV_2D took \(1000 + random.below(900_000)) ticks\n" }
    let whole = Packed.bytes(Array(text.utf8), as: packing)
    let file = try #require(Self.read(Array(whole.prefix(whole.count * 3 / 4))).first)
    #expect(
      file.diagnostics.contains {
        $0.rule == "read-failure" && $0.message.contains("ends too early")
      })
    #expect(file.bytes > UInt64(text.utf8.count / 2) && file.bytes < UInt64(text.utf8.count))
  }

  @Test func everyLogOfAnArchiveIsOne() throws {
    let log = try fixture("tflm-application.txt")
    let files: [(name: String, bytes: [UInt8])] = [
      ("a/kws_int8.txt", log), ("a/kws_int8.toml", Array("board = \"pico2\"\n".utf8)),
      ("README", Array("Logs of Monday.\n".utf8)), ("a/.DS_Store", [0, 0, 0, 1]),
      ("b/ad.txt.gz", Packed.bytes(log + Array("\n".utf8), as: .gzip)),
    ]
    for packing in [Packing.zip, .tar] {
      try withFile("logs.bin", Packed.archive(files, as: packing)) { path in
        let readings = LogReading(unread: path, identity: FileIdentity(of: path)).logs()
        #expect(
          readings.map(\.path)
            == ["a/kws_int8.txt", "README", "b/ad.txt.gz"].map { "\(path)/\($0)" })
        #expect(readings.map { $0.sidecar?.isEmpty } == [false, nil, nil])
        #expect(readings.map { $0.file?.runs.isEmpty } == [false, true, false])
        #expect(readings[1].file?.diagnostics.map(\.severity) == [.note])
        #expect(readings[2].file?.form == "\(packing.rawValue), gzip")
      }
    }
    let none = Packed.archive((0..<9).map { ("\($0).xml", Array("<a/>\n".utf8)) }, as: .zip)
    let refused = Self.read(none)
    #expect(refused.map(\.rules) == [["unknown-dialect"]])
    #expect(refused.first?.diagnostics.first?.message.contains("none of the 9 files") == true)
  }

  @Test func bombsAreStopped() throws {
    let bomb = [UInt8](repeating: 0x30, count: 4 << 20)
    for packing in Self.packings where packing != .tar {
      let packed = Packed.bytes(bomb, as: packing)
      let source = try LogSource(BytesInMemory(packed), limit: UnpackLimit(free: 1 << 20, ratio: 5))
      let file = try #require(
        Ingestor().read(source, path: "log.txt", amongst: 1) { _ in }.first?.file)
      #expect(file.rules.contains("unpacked-size"), "\(packing)")
      #expect(file.bytes <= 2 << 20, "\(packing)")
    }
  }

  @Test func whatIsNotUnpackedIsNamed() throws {
    let magics: [(Packing, [UInt8])] = [
      (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), (.rar, Array("Rar!\u{1A}\u{7}".utf8)),
      (.lz4, [4, 0x22, 0x4D, 0x18]), (.compress, [0x1F, 0x9D]),
    ]
    for (packing, magic) in magics {
      let file = try #require(Self.read(magic + [0, 0, 0, 0]).first)
      #expect(file.rules == ["unreadable-file"])
      #expect(file.diagnostics.first?.message.contains(packing.rawValue) == true)
    }
  }

  @Test func halfACharacterIsReportedOnce() throws {
    let text = "RP2350 CPU Clock Frequency = 150000000\nCONV_2D took 100 ticks\n"
    let whole = Encoding.little.bytes(text)
    for step in [nil, 1] {
      let file = try #require(Self.read(whole + [0x20], step: step).first)
      #expect(file.rules.filter { $0 == "read-failure" }.count == 1)
      #expect(file.bytes == UInt64(text.utf8.count + 3))
    }
    // Halves of pairs become U+FFFD, also at the end.
    let lone: [UInt8] = [0x3D, 0xD8, 0x41, 0, 0, 0xDE, 0x3D, 0xD8]
    var buffer = [UInt8](repeating: 0, count: 99)
    let decoded = DecodedText(BytesInMemory(lone), in: .utf16LittleEndian, behind: 0)
    let count = try decoded.read(into: &buffer, at: 0)
    #expect(String(decoding: buffer.prefix(count), as: UTF8.self) == "\u{FFFD}A\u{FFFD}")
    let rest = try decoded.read(into: &buffer, at: count)
    #expect(String(decoding: buffer.prefix(rest), as: UTF8.self) == "\u{FFFD}")
  }

  /// Names in Latin-1 or of Windows are shown as they were meant.
  @Test func latin1IsRead() {
    let line: [UInt8] = Array("model ".utf8) + [0xB5, 0x73, 0x20, 0x80, 0xE9]
    #expect(Scan.string(line.span) == "model µs €é")
    #expect(Scan.string(Array("µs".utf8).span) == "µs")
  }

  @Test func namesThatAreNotUTF8AreOpened() throws {
    try withFolder { folder in
      let path = folder + "/" + SystemPath.text([0x6B, 0x77, 0x73, 0xFF, 0x2E, 0x74, 0x78, 0x74])
      try OutputFiles.write(fixture("tflm-application.txt"), to: path)
      try OutputFiles.write(
        Encoding.littleMarked.bytes("board = \"pico2\"\n"), to: path.dropLast(4) + ".toml")
      let file = Ingestor().ingest(path: path)
      #expect(file.runs.first?.configuration[.board] == ConfigurationEntry("pico2", .sidecar))
      #expect(file.path == path)
    }
  }
}

extension LogFormTests {
  /// The files with which the fuzzer of archives begins hold one log.
  @Test func seedsHoldOneLog() throws {
    let names = OutputFiles.names(in: Checkout.path("Fuzzing/Seeds/archives"))
    #expect(names.count == 9)
    for name in names {
      let file = Ingestor().ingest(path: Checkout.path("Fuzzing/Seeds/archives/" + name))
      #expect(file.runs.count == 1 && file.form != nil && file.account.total == 23, "\(name)")
    }
  }

  /// In a code block of Markdown, and as the rows of a table with one cell.
  @Test(arguments: logs + ["mlperf-python-log.txt", "tflm-benchmark.txt"])
  func markdownAroundALogIsTakenOff(name: String) throws {
    // Carriage returns would stand within the cells.
    let text = String(
      decoding: try fixture(name).filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    let plain = try #require(Self.read(Array(text.utf8)).first)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.contains("|") || line.allSatisfy(\.isWhitespace) ? String(line) : "| \(line) |"
    }
    for (form, around, before) in [
      ("block", "My log:\n\n```text\n\(text)\n```\nThanks\n", 3),
      ("table", "| log |\n|---|\n" + lines.joined(separator: "\n"), 2),
    ] {
      var runs = try #require(Self.read(Array(around.utf8)).first).runs
      #expect(runs.count == plain.runs.count, "\(form)")
      for i in runs.indices { runs[i].source = plain.runs[i].source }
      #expect(runs == plain.runs, "\(form), \(before)")
    }
  }
}
