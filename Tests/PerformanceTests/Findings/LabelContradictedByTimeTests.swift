import Ingest
import Support
import TestSupport
import Testing

@testable import Performance
@testable import Reference

@Suite struct LabelContradictedByTimeTests {
  private func found(
    _ seconds: [Double], _ more: [ConfigurationKey: String] = [:], model: String = "kws",
    dtype: String = "int8", weights: String? = "flash", operators: [OperatorRecord] = []
  ) throws -> [Finding] {
    LabelContradictedByTime.findings(
      in: try analyse(
        seconds.map {
          makeRun(onRP2350(model, dtype, weights, more), times: [$0], operators: operators)
        }))
  }

  /// All that leaves float32 alone.
  private let build: [ConfigurationKey: String] = [
    .kernels: "cmsis-nn", .flags: "-O3", .flash: "quad/3", .xipCache: "on",
  ]
  private let slowFlash = "slow flash (its mode, or the cache off)"

  @Test func firesOnATimeThatInt8CannotNeed() throws {
    let finding = try #require(try found([6]).first)
    #expect(finding.id == "int8-label-contradicted-by-time")
    #expect(finding.severity == .warning)
    #expect(finding.message.hasPrefix("KWS is labelled int8"))
    #expect(finding.runs == ["rp2350-kws-int8-flash"])
    #expect(try #require(finding.evidence.first).contains("took 6000 ms. "))
  }

  @Test func namesAModelOnce() throws {
    let finding = try #require(try found([6, 7, 0.06]).first)
    #expect(finding.message.hasPrefix("KWS is labelled int8"))
    #expect(finding.runs.count == 2)
    #expect(finding.evidence.contains { $0.contains("The same test passes KWS: 60 ms is") })
  }

  @Test func isSilentOnATrueLabel() throws {
    #expect(try found([0.06]).isEmpty)
    #expect(try found([]).isEmpty)
  }

  // MARK: which causes are possible

  @Test func withoutTheBuildFloat32IsOneOfFour() throws {
    let finding = try #require(try found([0.32]).first)
    #expect(
      finding.message
        == "KWS is labelled int8 but slower than int8 with CMSIS-NN at -O3 can be: either float32, TFLM's "
        + "reference kernels, an unoptimised build (-O0, -Os) or \(slowFlash).")
    #expect(
      finding.evidence.contains(
        "KWS, possible: float32, predicted 320 ms from flash (308 ms to 329 ms)."))
    for fact in ["kernels=", "flags=", "model_bytes=", "QUANTIZE or DEQUANTIZE", "xip_cache="] {
      #expect(finding.action.contains(fact), "\(finding.action)")
    }
    #expect(!finding.action.contains("converter.optimizations"))
  }

  @Test func aPredictionThatDoesNotHoldTheTimeExcludesFloat32() throws {
    let finding = try #require(try found([0.431], weights: nil).first)
    #expect(
      finding.message.hasSuffix(
        "can be: either TFLM's reference kernels, an unoptimised build (-O0, -Os) or \(slowFlash).")
    )
    let excluded = try #require(finding.evidence.first { $0.contains("excluded: float32") })
    #expect(excluded.contains("320 ms from flash (308 ms to 329 ms)"))
    #expect(excluded.contains("267 ms from SRAM (261 ms to 275 ms)"))
    #expect(
      excluded.contains(
        "takes a second cause to fit: predicted 424 ms from flash in mode serial/3 (411 ms to 446 ms)"
      ))
  }

  @Test func whatIsKnownOfTheBuildExcludes() throws {
    let kernels = try #require(try found([0.32], [.kernels: "cmsis-nn"]).first)
    #expect(
      kernels.message.hasSuffix(
        "either float32, an unoptimised build (-O0, -Os) or \(slowFlash)."))
    #expect(!kernels.action.contains("kernels="))
    let flags = try #require(
      try found([0.431], [.flags: "-O3", .flash: "quad/3", .xipCache: "on"]).first)
    #expect(
      flags.message.hasSuffix("the only single cause left is TFLM's reference kernels."))
    #expect(
      flags.evidence.contains { $0.contains("an unoptimised build (-O0, -Os), the flags are -O3") })
  }

  @Test func aSmallFileOrAnInputOfFloatsExcludesFloat32() throws {
    let small = try #require(try found([0.32], [.modelBytes: "53936"]).first)
    #expect(!small.message.contains("float32"))
    #expect(
      small.evidence.contains {
        $0.contains("53,936 bytes has no room for 88,064 bytes of float32")
      })
    #expect(!small.action.contains("model_bytes"))
    let quantized = try #require(
      try found([0.32], operators: [makeOperator("QUANTIZE", [1e-4])]).first)
    #expect(!quantized.message.contains("float32"))
    #expect(!quantized.action.contains("log of the operators"))
  }

  @Test func slowFlashIsACauseWhereItsPredictionHoldsTheTime() throws {
    let words = "slow flash (its mode, or the cache off)"
    let slow = try #require(try found([0.0605], model: "ad").first)
    #expect(slow.message.contains(words))
    #expect(
      slow.evidence.contains {
        $0.hasPrefix(
          "AD, possible: \(words), predicted 60.4 ms from flash in mode dual/3 with the cache off")
      })
    let stated = try #require(
      try found([0.0605], [.flash: "quad/3", .xipCache: "on"], model: "ad").first)
    #expect(!stated.message.contains(words))
    #expect(
      stated.evidence.contains {
        $0.contains("\(words), flash is in its usual mode with the cache on")
      })
    let sram = try #require(try found([0.0605], model: "ad", weights: "sram").first)
    #expect(sram.evidence.contains { $0.contains("\(words), the weights are in SRAM") })
  }

  /// 71 ms is serial/3 with the cache on, so nothing may be said of the cache.
  @Test func aSlowModeWithTheCacheOnIsASlowFlashToo() throws {
    let slow = try #require(try found([0.0705], model: "ad").first)
    #expect(slow.message.contains("slow flash (its mode, or the cache off)"))
    let line = try #require(slow.evidence.first { $0.hasPrefix("AD, possible: slow flash") })
    #expect(line.contains(" from flash in mode serial/3 ("))
  }

  /// The bound has the cache off, but instructions that wait for flash are not in it.
  @Test func theCheckHoldsWithoutTheCacheWhereCodeIsInSRAM() throws {
    let off: [ConfigurationKey: String] = [.xipCache: "off"]
    #expect(try found([0.32], off).isEmpty)
    let code = off.merging([.code: "sram"]) { $1 }
    #expect(try found([0.06], code).isEmpty)
    let finding = try #require(try found([0.5], code).first)
    #expect(finding.message.contains("slower than int8"))
    #expect(finding.action.contains("the flash mode (--set flash=quad/3)"))
    #expect(finding.evidence.contains { $0.contains("float32, predicted") && $0.contains("off") })
    let mode = code.merging([.flash: "quad/3"]) { $1 }
    let usual = try #require(try found([0.5], mode).first)
    #expect(
      usual.evidence.contains {
        $0.contains("flash is in its usual mode, and the time is above int8's with the cache off")
      })
    #expect(try found([0.5], code.merging([.flash: "serial/3"]) { $1 }).isEmpty)
  }

  // MARK: where float32 is a fact

  @Test func onlyWhatIsKnownOtherwiseIsAFact() throws {
    let size = try #require(try found([0.32], [.modelBytes: "107000"]).first)
    #expect(
      size.message
        == "KWS is labelled int8 but ran in float32: its model file holds four bytes for every weight."
    )
    #expect(size.action.contains("converter.optimizations"))
    #expect(size.evidence.contains { $0.contains("(308 ms to 329 ms); the time fits.") })
    let stated = try #require(
      try found(
        [0.431], [.dtypeClaimed: "int8", .dtypeEvidence: "it was weighed"], dtype: "fp32"
      ).first)
    #expect(stated.message == "KWS is labelled int8 but ran in float32: the log says so.")
    #expect(stated.evidence.contains("The log's reason: it was weighed."))
    #expect(stated.evidence.contains { $0.contains("this alone does not fit") })
  }

  @Test func orWhatRemainsWhereAllElseIsExcluded() throws {
    let finding = try #require(try found([0.32], build).first)
    #expect(
      finding.message
        == "KWS is labelled int8 but ran in float32: it explains the time, and no other known cause does."
    )
    #expect(finding.action.contains("converter.optimizations"))
    #expect(finding.evidence.contains { $0.contains("excluded: TFLM's reference kernels") })
  }

  @Test func runsOfWhichDifferentThingsAreKnownStandApart() throws {
    let analysis = try analyse([
      makeRun(onRP2350("kws", "int8", "flash", [.modelBytes: "107000"]), times: [0.32]),
      makeRun(onRP2350("kws", "int8", "flash"), times: [0.431]),
    ])
    let findings = LabelContradictedByTime.findings(in: analysis)
    #expect(findings.map { $0.message.contains("ran in float32") } == [true, false])
    #expect(findings.map(\.runs.count) == [1, 1])
    #expect(analysis.labels.predictions.map(\.isOfFloat32) == [true, false])
  }
}

/// What is printed as a product and a sum gives the number that is printed as its result.
@Suite struct Int8BoundArithmeticTests {
  /// The factors, the clock in Hz and the result as printed.
  private func parse(_ text: String) throws -> (seconds: Double, result: String) {
    let form =
      /([\d,]+) instructions × ([\d.e-]+) cycles \+ ([\d,]+) reads × ([\d.e-]+) cycles = ([\d.]+ \S+) at ([\d.]+) MHz/
    let match = try #require(text.firstMatch(of: form), "\(text)")
    func number(_ text: Substring) throws -> Double {
      let value = Double(String(text.filter { $0 != "," }))
      return try #require(value)
    }
    let cycles =
      try number(match.1) * number(match.2) + number(match.3) * number(match.4)
    return (cycles / (try number(match.6) * 1e6), String(match.5))
  }

  @Test(arguments: ["ad", "ic", "kws", "sww", "vww"])
  func printedTermsGiveThePrintedTime(model: String) throws {
    let bound = try #require(
      Int8Bound(model: model, by: try ModelledRunsTests.model(), reference: .bundled()))
    var generator = SplitMix(7)
    let clocks =
      [150e6, 12e6, 48e6, 125e6, 133_333_333, 133e6, 200e6, 266_666_667, 300e6]
      + (0..<200).map { _ in Double.random(in: 1e6...400e6, using: &generator).rounded() }
    for clock in clocks {
      let text = bound.arithmetic(clockHz: clock)
      let printed = try parse(text)
      #expect(Format.seconds(printed.seconds, digits: 3) == printed.result, "\(text)")
      #expect(Format.seconds(bound.predicted / clock, digits: 3) == printed.result, "\(text)")
    }
    // Few digits are enough, most of the time.
    #expect(bound.arithmetic(clockHz: 150e6).count < 110)
  }

  @Test func theBoundIsTheMostThatAnAccountSays() throws {
    let finding = try #require(
      LabelContradictedByTime.findings(in: try Examples.analysis()).first)
    let line = try #require(finding.evidence.first { $0.hasPrefix("AD took 58.95 ms. ") })
    let printed = try parse(line)
    #expect(printed.result == "44.3 ms")
    #expect(
      line.hasSuffix(" and at most 48 ms by any account that fits the published times."))
  }
}
