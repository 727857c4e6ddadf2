import Engine
import Foundation
import Interpreter
import Models
import PlanWriter
import TestSupport
import Testing

@testable import modelgen

/// plan: files for the engine of the firmware.
struct PlanCommandTests {
  @Test func plansOfGeneratedModelsRun() throws {
    try withFolder { folder in
      Harness.silently(["fc", "--layers", "1", "--width", "16", "-o", folder])
      let models = try Files.names(folder).filter { $0.hasSuffix(".tflite") }
      try #require(models.count == 2)
      let result = Harness.silently(
        ["plan"] + models.map { "\(folder)/\($0)" }
          + ["-o", "\(folder)/plans", "--format", "csv"])
      for model in models {
        let name = String(model.dropLast(".tflite".count))
        #expect(result.out.contains("\(name).plan"))
        let graph = try Harness.graph("\(folder)/\(model)")
        let size = try #require(graph.tensors[graph.inputs[0]].byteCount)
        let inputs = [(0..<size).map { UInt8($0 % 60) }]
        let bytes = try Files.bytes("\(folder)/plans/\(name).plan")
        #expect(try LoadedPlan(bytes).run(inputs) == (try Interpreter(graph).run(inputs)))
        try withPlan(bytes) { plan in
          #expect(String(cString: plan.modelID) == String(name.dropLast("_int8".count)))
          #expect(plan.modelChecksum == graph.crc32 && plan.weightsSource == .real)
        }
      }
    }
  }

  /// Every kind of operator, as random shapes and scales have it.
  @Test(arguments: OracleFamily.all.map(\.name))
  func engineHasTheBitsOfTheInterpreter(_ name: String) throws {
    let family = try #require(OracleFamily.all.first { $0.name == name })
    for number in 0..<12 {
      let one = try family.oracleCase(seed: 11, number: number)
      let expected = try Interpreter(one.graph).run(one.inputs)
      let plan = try PlanWriter.plan(of: one.graph, modelID: "one")
      #expect(try LoadedPlan(plan).run(one.inputs) == expected, "\(number)")
      #expect(
        try LoadedPlan(plan, cores: .sequential).run(one.inputs) == expected,
        "\(number) on two cores")
    }
  }

  @Test func namesAndSourcesCanBeSaid() throws {
    try withFolder { folder in
      Harness.silently(["cnn", "--layers", "1", "--int8", "-o", folder])
      let model = try #require(try Files.names(folder).first { $0.hasSuffix("_int8.tflite") })
      Harness.silently([
        "plan", "\(folder)/\(model)", "--model-id", "mine", "--weights-source", "twin",
        "--output", folder, "--format", "csv",
      ])
      let plan = "\(folder)/" + model.replacing(".tflite", with: ".plan")
      try withPlan(try Files.bytes(plan)) { plan in
        #expect(String(cString: plan.modelID) == "mine" && plan.weightsSource == .twin)
      }
      let refused = Harness.modelgen([
        "plan", "\(folder)/\(model)", "--model-id", "not one", "-o", folder,
      ])
      #expect(refused.status == 1 && refused.err.contains("model id"))
    }
  }

  @Test func mistakesAreReportedAndTheRestGoesOn() throws {
    try withFolder { folder in
      Harness.silently(["fc", "--layers", "1", "--width", "16", "--int8", "-o", folder])
      let model = try #require(try Files.names(folder).first { $0.hasSuffix(".tflite") })
      try Files.write([1, 2, 3], "\(folder)/broken.tflite")
      let result = Harness.modelgen([
        "plan", "\(folder)/broken.tflite", "\(folder)/\(model)", "-o", folder, "--format", "csv",
      ])
      #expect(result.status == 1 && result.err.contains("broken.tflite"))
      #expect(result.out.contains(".plan"))
      for wrong in [
        ["plan"], ["plan", "a.tflite", "-o", ""], ["plan", "a/x.tflite", "b/x.tflite"],
        ["plan", "a.tflite", "b.tflite", "--model-id", "x"],
        ["plan", "a.tflite", "--weights-source", "other"],
      ] {
        #expect(Harness.modelgen(wrong).status == 2, "\(wrong)")
      }
    }
  }
}
