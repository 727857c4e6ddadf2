import ArgumentParser
import CommandLineSupport
import Inspection
import ModelFormats
import Models
import Quantizer
import Support

/// Prints the CRC-32 of models and of what interpreter and engine compute with them, and packs the
/// same cases for an emulated core; see Scripts/baseline.
struct OutputChecksums: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "output-checksums",
    abstract: "Print checksums of models and their outputs, to be compared with earlier ones.",
    discussion: """
      A line for each case: where it was computed (model: the file itself), its name, the CRC-32.
      """,
    shouldDisplay: false)

  @Argument(help: "Models, with samples or without: random ones are made.")
  var models: [NamedModel] = []

  @Flag(help: "The models of one operator of oracle-cases too, seed 1.")
  var operators = false

  @Option(help: "File for plans and samples, as Tests/Emulated/Outputs reads them.")
  var pack: String?

  func run(on console: inout Console) throws -> Int32 {
    try GeneratedOutput.reporting(on: &console) { console in
      var packed: [UInt8] = []
      if operators {
        for family in OracleFamily.all {
          for number in 0..<OracleCases.defaultCount {
            let one = try family.oracleCase(seed: 1, number: number)
            let graph = try TFLiteReader.read(bytes: try TFLiteWriter.bytes(of: one.graph))
            let name = "operator/\(one.name)"
            try show(OutputCase(name, graph, samples: [one.inputs]), &packed, &console)
          }
        }
      }
      for model in models {
        let graph = try ModelOpener.open(model.path).graph
        let samples =
          try model.samples.map {
            try OutputCase.samples(in: try SampleFile.bytes(path: $0), of: graph, path: $0)
          } ?? OutputCase.randomSamples(of: graph)
        try show(OutputCase(model.name, graph, samples: samples), &packed, &console)
      }
      if let pack { try Results.write(packed + OutputCase.end, to: pack) }
      return 0
    }
  }

  private func show(
    _ one: OutputCase, _ packed: inout [UInt8], _ console: inout Console
  ) throws {
    for (place, checksum) in try one.checksums() {
      console.out += "\(place)\t\(one.name)\t\(Format.hex(checksum))\n"
    }
    if pack != nil { packed += one.record }
  }
}

/// `NAME=FILE[:SAMPLES]`.
struct NamedModel: ExpressibleByArgument {
  let name: String
  let path: String
  let samples: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let files = parts[1].split(separator: ":", maxSplits: 1)
    guard let path = files.first else { return nil }
    name = String(parts[0])
    self.path = String(path)
    samples = files.count == 2 ? String(files[1]) : nil
  }
}
