import Core
import Support
import Testing

@testable import Ingest
@testable import Models
@testable import Performance
@testable import Reference

/// Which given model belongs to which run, and the order of the edits of runs.
@Suite struct GivenModelsTests {
  /// One FULLY_CONNECTED of that width.
  private func model(
    _ id: String, _ width: Int, _ dtype: Dtype = .int8, crc32: String, in folder: String = "m"
  ) -> GivenModel {
    let path = "\(folder)/\(id).tflite"
    let one = OperatorCost(
      index: 0, kind: "FULLY_CONNECTED", input: [1, 4], output: [1, width], weights: [width, 4],
      padding: nil, stride: [], weightBytes: UInt64(4 * width), constantBytes: 0,
      macs: UInt64(4 * width))
    return GivenModel(
      path: path, crc32: crc32,
      cost: ModelCost(model: id, dtype: dtype, operators: [one], source: "file:\(path)"),
      source: Source(key: "file:\(path)", title: path, url: "", note: ""))
  }

  private func matched(
    _ models: [GivenModel], _ runs: inout [Run]
  ) throws -> MatchedModels {
    let matched = MatchedModels(
      ModelClaims(models), with: [runs], over: try ReferenceData.bundled(), doubts: true)
    runs = matched.runs[0]
    return matched
  }

  @Test func namesAgree() throws {
    var runs = [makeRun([.model: "net", .dtype: "int8"])]
    let before = runs
    let matched = try matched([model("net", 8, crc32: "0000000a")], &runs)
    #expect(runs == before)
    #expect(matched.problems.isEmpty)
    #expect(matched.reference.cost(model: "net", dtype: .int8)?.macs == 32)
  }

  @Test func ofTwoOfANameTheFirstCounts() throws {
    var runs: [Run] = []
    let models = [
      model("net", 8, crc32: "0000000a"), model("net", 8, crc32: "0000000b", in: "same"),
      model("net", 9, crc32: "0000000c", in: "other"),
      model("net", 9, .fp32, crc32: "0000000d", in: "fp32"),
    ]
    let matched = try matched(models, &runs)
    #expect(matched.problems.map(\.rule) == ["model-named-twice"])
    #expect(matched.problems.map(\.file) == ["other/net.tflite"])
    #expect(matched.reference.cost(model: "net", dtype: .int8)?.macs == 32)
    #expect(matched.reference.cost(model: "net", dtype: .fp32)?.macs == 36)
  }

  @Test func checksumNamesTheRun() throws {
    var runs = [makeRun([.modelCRC32: "0000000b"])]
    let models = [model("net", 8, crc32: "0000000a"), model("other", 9, .fp32, crc32: "0000000b")]
    let matched = try matched(models, &runs)
    #expect(runs[0].configuration.text(.model) == "other")
    #expect(runs[0].configuration.dtype == .fp32)
    #expect(matched.problems.isEmpty)
  }

  /// The second run decides what stands for the first too, so nothing can be doubted before.
  @Test func laterChecksumTakesTheNameFromAnotherFile() throws {
    let models = [model("net", 8, crc32: "0000000a"), model("other", 9, crc32: "0000000b")]
    var runs = [
      makeRun([.model: "net", .dtype: "int8"]),
      makeRun([.model: "net", .dtype: "int8", .modelCRC32: "0000000b"]),
    ]
    let matched = try matched(models, &runs)
    #expect(matched.problems.map(\.rule) == ["model-crc-elsewhere"])
    #expect(matched.problems.map(\.file) == ["m/net.tflite"])
    #expect(matched.reference.cost(model: "net", dtype: .int8)?.macs == 36)
    #expect(runs.allSatisfy { $0.observations.isEmpty })
  }

  /// What a checksum has settled, no other checksum takes away: the other run is doubted.
  @Test func firstChecksumCounts() throws {
    let models = [model("net", 8, crc32: "0000000a"), model("other", 9, crc32: "0000000b")]
    var runs = ["0000000a", "0000000b"].map {
      makeRun([.model: "net", .dtype: "int8", .modelCRC32: $0])
    }
    let matched = try matched(models, &runs)
    #expect(matched.reference.cost(model: "net", dtype: .int8)?.macs == 32)
    #expect(matched.problems.map(\.rule) == ["model-crc-differs"])
    #expect(runs.map { $0.observations.map(\.kind) } == [[], [.modelContradiction]])
  }

  @Test func dtypeOfTheFileCounts() throws {
    var runs = [makeRun([.model: "net", .dtype: "int8", .modelCRC32: "0000000a"])]
    runs.append(runs[0])
    let matched = try matched([model("net", 8, .fp32, crc32: "0000000a")], &runs)
    for run in runs {
      #expect(run.configuration.dtype == .fp32)
      #expect(run.configuration.text(.dtypeClaimed) == "int8")
    }
    // Said of the first of the log's runs only.
    #expect(matched.problems.map(\.rule) == ["dtype-not-of-file"])
    #expect(matched.problems.map(\.line) == [1])
  }

  @Test func checksumOfNoFileIsDoubted() throws {
    var runs = [makeRun([.model: "net", .modelCRC32: "0000ffff"])]
    let matched = try matched([model("net", 8, crc32: "0000000a")], &runs)
    #expect(matched.problems.map(\.rule) == ["model-crc-differs"])
    #expect(runs[0].observations.map(\.kind) == [.modelContradiction])
  }

  @Test func contradictionEndsWhereTheFileExplainsIt() throws {
    let doubt = Observation(.modelContradiction, "It has other operators.", line: 1)
    let configuration: [ConfigurationKey: String] = [.model: "net", .modelCRC32: "0000000a"]
    var runs = [
      makeRun(configuration, operators: [makeOperator("FULLY_CONNECTED", [1])], observed: [doubt]),
      makeRun(configuration, operators: [makeOperator("CONV_2D", [1])], observed: [doubt]),
    ]
    _ = try matched([model("net", 8, crc32: "0000000a")], &runs)
    #expect(runs.map(\.observations.count) == [0, 1])
  }

  @Test func problemsOfModelsStandBeforeThoseOfRuns() throws {
    var runs = [
      makeRun([.model: "nett", .dtype: "int8"]), makeRun([.model: "kws", .dtype: "int8"]),
    ]
    let models = [
      model("kws", 8, crc32: "0000000a"), model("net", 8, crc32: "0000000b"),
      model("net", 9, crc32: "0000000c", in: "other"),
    ]
    let problems = try matched(models, &runs).problems
    #expect(
      problems.map(\.rule) == ["model-named-twice", "model-replaces-bundled", "model-without-file"])
    #expect(problems.last?.remedy.hasPrefix("Did you mean 'net'?") == true)
  }
}
