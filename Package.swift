// swift-tools-version: 6.2
import PackageDescription

/// Our own targets: Swift 6 language mode, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

/// The same, optimised in debug builds too, with all checks of overflows and bounds: what tests run
/// millions of times (whole models, fits, simulated caches, checksums, drawings).
let optimised = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "pico2-benchmark",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "analyze", targets: ["analyze"]),
    .executable(name: "modelgen", targets: ["modelgen"]),
    .library(name: "BenchLog", targets: ["BenchLog"]),
    .library(name: "Ingest", targets: ["Ingest"]),
    .library(name: "Interpreter", targets: ["Interpreter", "Models"]),
    // What reads, changes and runs models, for the fuzzers.
    .library(
      name: "ModelRooms",
      targets: ["Inspection", "Interpreter", "Keras", "Models", "ONNX", "Quantizer"]),
    .library(name: "Notebook", targets: ["Notebook"]),
    .library(name: "Plots", targets: ["Plots"]),
  ],
  dependencies: [
    // Command lines: options, help, completions, manual pages.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // ONNX and SavedModel files.
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    // Sidecar files and machine descriptions; reports line and column of a mistake.
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),

    // Instructions of the DSP extension, with the same bits in portable C elsewhere.
    .systemLibrary(name: "CKernelIntrinsics"),

    .target(name: "BenchLog", swiftSettings: optimised),
    .target(name: "Quantiles", swiftSettings: optimised),
    .target(
      name: "Ingest", dependencies: ["BenchLog", "Quantiles", "CZlib", toml],
      swiftSettings: strict),
    .target(name: "Statistics", dependencies: ["Quantiles", "CGSL"], swiftSettings: optimised),
    .target(name: "Reference", dependencies: ["Ingest", toml], swiftSettings: strict),
    .target(name: "MemoryModel", swiftSettings: optimised),
    .target(name: "Models", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "Kernels", dependencies: ["CKernelIntrinsics"], swiftSettings: optimised),
    .target(name: "Interpreter", dependencies: ["Kernels", "Models"], swiftSettings: strict),
    // Runs on the chip: plans of models, and what the firmware does without registers.
    .target(name: "Engine", dependencies: ["Kernels"], swiftSettings: optimised),
    .target(
      name: "FirmwareLogic", dependencies: ["BenchLog"], path: "Firmware/Logic",
      swiftSettings: strict),
    // Makes what runs on the chip.
    .target(
      name: "PlanWriter", dependencies: ["Engine", "Interpreter", "Kernels", "Models"],
      swiftSettings: strict),
    .target(name: "FirmwareImage", swiftSettings: strict),
    .target(
      name: "ONNX", dependencies: ["Models", protobuf], exclude: ["Schema/onnx.proto"],
      swiftSettings: strict),
    .target(
      name: "Keras", dependencies: ["Models", protobuf], exclude: ["Schema/saved_model.proto"],
      swiftSettings: strict),
    .target(
      name: "Quantizer", dependencies: ["CZlib", "Interpreter", "Models"], swiftSettings: strict),
    .target(
      name: "Inspection", dependencies: ["Keras", "Models", "Notebook", "ONNX"],
      swiftSettings: strict),
    .target(name: "Plots", dependencies: ["CCairo"], swiftSettings: optimised),
    .target(
      name: "Performance",
      dependencies: ["Ingest", "MemoryModel", "Models", "Reference", "Statistics"],
      swiftSettings: strict),
    .target(name: "Notebook", swiftSettings: strict),
    .target(
      name: "CommandLineSupport", dependencies: ["Notebook", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "analyze",
      dependencies: [
        "CommandLineSupport", "Ingest", "Inspection", "Models", "Notebook", "Performance", "Plots",
        "Reference", "Statistics", argumentParser,
      ],
      path: "Sources/Analyze",
      exclude: ["DefaultReport.md"],
      swiftSettings: strict),

    .executableTarget(
      name: "modelgen",
      dependencies: [
        "CommandLineSupport", "Engine", "FirmwareImage", "Inspection", "Interpreter", "Keras",
        "Models", "Notebook", "ONNX", "PlanWriter", "Quantizer", argumentParser,
      ],
      path: "Sources/ModelGen", swiftSettings: strict),

    .testTarget(name: "BenchLogTests", dependencies: ["BenchLog"], swiftSettings: strict),
    .testTarget(name: "QuantilesTests", dependencies: ["Quantiles"], swiftSettings: strict),
    .testTarget(
      name: "IngestTests", dependencies: ["Ingest", "BenchLog"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics", "Quantiles"], swiftSettings: strict),
    .testTarget(
      name: "ReferenceTests", dependencies: ["Reference", "Ingest"], swiftSettings: strict),
    .testTarget(
      name: "PerformanceTests", dependencies: ["Performance", "Reference", "Ingest"],
      swiftSettings: strict),
    .testTarget(
      name: "MemoryModelTests", dependencies: ["MemoryModel"], swiftSettings: strict),
    .testTarget(name: "ModelsTests", dependencies: ["Models"], swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: ["Engine", "Interpreter", "Kernels", "Models", "PlanWriter", "Quantizer"],
      swiftSettings: strict),
    // The firmware's code for registers, on registers that a test moves.
    .target(
      name: "RegisterModel", path: "Tests/RegisterModel",
      cSettings: [
        .headerSearchPath("../../Firmware/Interface"),
        .headerSearchPath("../../Firmware/Ports/rp2350"),
      ]),
    .testTarget(
      name: "FirmwareLogicTests",
      dependencies: ["BenchLog", "FirmwareLogic", "Ingest", "RegisterModel"],
      swiftSettings: strict),
    .testTarget(
      name: "FirmwareImageTests", dependencies: ["FirmwareImage"], swiftSettings: strict),
    .testTarget(
      name: "InterpreterTests", dependencies: ["Interpreter", "Models"], swiftSettings: strict),
    .testTarget(
      name: "ONNXTests", dependencies: ["Interpreter", "Models", "ONNX", protobuf],
      swiftSettings: strict),
    .testTarget(
      name: "KerasTests", dependencies: ["Interpreter", "Keras", "Models", protobuf],
      swiftSettings: strict),
    .testTarget(
      name: "QuantizerTests", dependencies: ["Interpreter", "Models", "ONNX", "Quantizer"],
      swiftSettings: strict),
    .testTarget(
      name: "InspectionTests", dependencies: ["Inspection", "Models", "Notebook", "ONNX"],
      swiftSettings: strict),
    .testTarget(
      name: "ModelGenTests",
      dependencies: [
        "CommandLineSupport", "Engine", "Inspection", "Interpreter", "Keras", "Models", "ONNX",
        "PlanWriter", "Quantizer", "modelgen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PlotsTests", dependencies: ["Plots"], exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "NotebookTests", dependencies: ["Notebook"], exclude: ["Goldens"],
      swiftSettings: strict),
    .testTarget(name: "ScriptsTests", swiftSettings: strict),
    .testTarget(
      name: "AnalyzeTests", dependencies: ["analyze", "CommandLineSupport", "Ingest", "Reference"],
      exclude: ["Goldens"], swiftSettings: strict),
  ]
)
