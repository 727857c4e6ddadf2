import Core
import Foundation
import Inspection
import ModelFormats
import Models
import Support
import TestSupport
import Testing

@testable import modelgen

/// cnn, fc, mlp and sweep: what is on disk afterwards.
struct GeneratorCommandTests {
  @Test func cnnWritesWhatItsNameSays() throws {
    try withFolder { folder in
      let result = Harness.silently(
        [
          "cnn", "--layers", "3", "--channels", "4", "--kernel", "3", "--height", "6", "--width",
          "5",
        ]
          + ["-o", folder])
      let name = "cnn_l3_c4_k3_m\(3 * 6 * 5 * 4 * 4 * 9)"
      try #expect(
        Files.names(folder) == [
          "\(name).onnx", "\(name)_fp32.tflite", "\(name)_int8.tflite",
        ])
      for dtype in [Dtype.fp32, .int8] {
        let graph = try Harness.graph("\(folder)/\(name)_\(dtype).tflite")
        #expect(graph.dtype == dtype)
        #expect(graph.macs == 3 * 6 * 5 * 4 * 4 * 9)
        #expect(graph.operators.map(\.kind) == [.conv2D, .conv2D, .conv2D])
        #expect(graph.inputs.map { graph.tensors[$0].shape } == [[1, 6, 5, 4]])
        #expect(graph.outputs.map { graph.tensors[$0].shape } == [[1, 6, 5, 4]])
        #expect(graph.inputs.map { graph.tensors[$0].name } == ["input"])
        #expect(graph.outputs.map { graph.tensors[$0].name } == ["output"])
        #expect(graph.note == "seeded weights, seed 1")
        #expect(result.out.contains("\(name)_\(dtype).tflite"))
      }
      let opened = try ModelOpener.open("\(folder)/\(name).onnx")
      #expect(opened.format == .onnx && opened.graph.macs == 3 * 6 * 5 * 4 * 4 * 9)
    }
  }

  @Test func fcWritesPairs() throws {
    try withFolder { folder in
      Harness.silently(
        ["fc", "--layers", "2", "--width", "24", "--inputs", "6", "--int8", "--no-onnx"]
          + ["-o", folder + "/"])
      let name = "fc_l2_w24_p6_m576_int8.tflite"
      let names = try Files.names(folder)
      #expect(names.count == 1)
      let graph = try Harness.graph(folder + "/" + (try #require(names.first)))
      #expect(graph.dtype == .int8 && graph.macs == 576)
      #expect(graph.costs.map(\.weights) == [[24, 6], [6, 24], [24, 6], [6, 24]])
      #expect(names == [name] || names == ["fc_l2_w24_m576_int8.tflite"], "\(names)")
    }
  }

  @Test func mlpHasOperatorsOfItsOwn() throws {
    try withFolder { folder in
      Harness.silently(["mlp", "--sizes", "5,7,3", "--limit", "0.5", "-o", folder])
      let int8 = try Harness.graph(folder + "/mlp_5x7x3_m56_int8.tflite")
      let fp32 = try Harness.graph(folder + "/mlp_5x7x3_m56_fp32.tflite")
      #expect(int8.dtype == .int8 && fp32.dtype == .fp32 && fp32.macs == 56)
      #expect(int8.operators.map(\.kind) == fp32.operators.map(\.kind))
      for kind in [OperatorKind.fullyConnected, .tanh, .minimum] {
        #expect(fp32.operators.contains { $0.kind == kind }, "\(kind.name)")
      }
    }
  }

  @Test func originalNamesAreThoseOfTheOriginal() throws {
    try withFolder { folder in
      let cnn = Harness.silently(["cnn", "--layers", "2", "--original-names", "-o", folder])
      Harness.silently(["fc", "--layers", "2", "--original-names", "-o", folder])
      try #expect(
        Files.names(folder) == [
          "cnn2112000.onnx", "cnn2112000.tflite", "cnn2112000int8.tflite", "fc1024.onnx",
          "fc1024.tflite", "fc1024int8.tflite",
        ])
      // The name miscounts; the table does not.
      #expect(cnn.out.contains("2,457,600"))
      #expect(try Harness.graph(folder + "/cnn2112000.tflite").macs == 2_457_600)
      #expect(try Harness.graph(folder + "/cnn2112000int8.tflite").dtype == .int8)
    }
  }

  @Test(arguments: [
    ["cnn", "--layers", "2"], ["fc", "--layers", "1", "--width", "32"], ["mlp"],
  ])
  func seedsDecideEveryByte(command: [String]) throws {
    try withFolder { folder in
      for (place, seed) in [("a", "1"), ("b", "1"), ("c", "2")] {
        Harness.silently(
          command + [
            "--seed", seed, "--samples", "3", "--cpp", "--costs", "-o", "\(folder)/\(place)",
          ])
      }
      let names = try Files.names(folder + "/a")
      #expect(names.count == 11)
      for name in names {
        let bytes = try ["a", "b", "c"].map { try Files.bytes("\(folder)/\($0)/\(name)") }
        #expect(bytes[0] == bytes[1], "\(name)")
        // What each operator costs does not depend on its weights.
        if !name.hasSuffix(".csv") { #expect(bytes[0] != bytes[2], "\(name)") }
      }
    }
  }

  @Test func sweepCrossesTheCacheFromBothSides() throws {
    try withFolder { folder in
      let result = Harness.modelgen(
        ["sweep", "--kind", "fc", "--layers", "1", "--samples", "2", "-o", folder])
      #expect(result.status == 0)
      let lines = try Files.text(folder + "/sweep.csv").split(separator: "\r\n").map {
        $0.split(separator: ",").map(String.init)
      }
      let head = try #require(lines.first)
      let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
      let files = rows.compactMap { $0["file"] }
      #expect(result.err == "\(files.count) models, listed in \(folder)/sweep.csv\n")
      try #expect(Set(files + ["sweep.csv"]) == Set(Files.names(folder)))
      var sides: [String: Set<Bool>] = [:]
      for row in rows {
        let graph = try Harness.graph("\(folder)/\(try #require(row["file"]))")
        #expect("\(graph.types)" == row["dtype"])
        #expect(String(graph.macs) == row["macs"])
        #expect(Format.hex(graph.crc32) == row["crc32"])
        #expect(String(try ArenaPlanner.plan(graph).minimumBytes) == row["arena_bytes"])
        #expect(graph.costs.map(\.kind) == [row["kind"], row["kind"]])
        let bytes = try #require(graph.costs.first).weightBytes
        #expect(String(bytes) == row["weight_bytes_per_operator"])
        #expect(row["model"].map { row["file"]?.hasPrefix($0 + "_") == true } == true)
        sides["\(graph.types)", default: []].insert(bytes > 16 * 1024)
      }
      #expect(sides == ["fp32": [true, false], "int8": [true, false]])
    }
  }

  @Test func sweepOfCNNsVariesChannels() throws {
    try withFolder { folder in
      let result = Harness.modelgen(
        ["sweep", "--kind", "cnn", "--layers", "1", "--kernel", "3", "--int8", "--samples", "1"]
          + ["-o", folder])
      #expect(result.status == 0)
      let graphs = try Files.names(folder).filter { $0.hasSuffix(".tflite") }.map {
        try Harness.graph("\(folder)/\($0)")
      }
      let bytes = graphs.compactMap { $0.costs.first?.weightBytes }
      #expect(graphs.allSatisfy { $0.dtype == .int8 })
      #expect(bytes.contains { $0 <= 16384 } && bytes.contains { $0 > 16384 })
    }
  }
}
