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
let collections = Target.Dependency.product(
  name: "OrderedCollections", package: "swift-collections")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "pico2-benchmark",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "analyze", targets: ["analyze"]),
    .executable(name: "modelgen", targets: ["modelgen"]),
    .library(name: "BenchLog", targets: ["BenchLog"]),
    .library(name: "Ingest", targets: ["Ingest", "Support"]),
    .library(name: "Interpreter", targets: ["Interpreter", "Models", "Support"]),
    // What reads, changes and runs models, for the fuzzers.
    .library(
      name: "ModelRooms",
      targets: [
        "Core", "Inspection", "Interpreter", "ModelFormats", "Models", "Quantizer", "Support",
      ]),
    .library(name: "Notebook", targets: ["Notebook", "Support"]),
    .library(name: "Plots", targets: ["Plots", "Support"]),
    .library(name: "Statistics", targets: ["Core", "Quantiles", "Statistics", "Support"]),
  ],
  dependencies: [
    // Command lines: options, help, completions, manual pages.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Groups in the order in which their keys first appear (OrderedCollections alone is built).
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
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
    // Opens .xz, .bz2, .zst, .zip and .tar. Homebrew keeps it beside the one of macOS, which has no headers.
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),

    // Instructions of the DSP extension, with the same bits in portable C elsewhere.
    .systemLibrary(name: "CKernelIntrinsics"),

    // The words and numbers that all rooms share, on the chip too.
    .target(name: "Core", swiftSettings: optimised),
    .target(name: "Support", dependencies: ["CArchive", "CZlib"], swiftSettings: strict),
    .target(name: "BenchLog", dependencies: ["Core"], swiftSettings: optimised),
    .target(name: "Quantiles", swiftSettings: optimised),
    .target(
      name: "Ingest", dependencies: ["BenchLog", "Core", "Quantiles", "Support", toml],
      swiftSettings: strict),
    .target(name: "Capture", dependencies: ["Ingest", "Support"], swiftSettings: strict),
    .target(
      name: "Statistics", dependencies: ["Core", "Quantiles", "Support", "CGSL"],
      swiftSettings: optimised),
    .target(
      name: "Reference", dependencies: ["Core", "Models", "Support", toml], swiftSettings: strict),
    .target(
      name: "MachineModel", dependencies: ["Core", "Models", "Reference", "Statistics", "Support"],
      swiftSettings: optimised),
    .target(name: "Models", dependencies: ["Core", "Support"], swiftSettings: strict),
    .target(
      name: "Kernels", dependencies: ["Core", "CKernelIntrinsics"], swiftSettings: optimised),
    .target(
      name: "Interpreter", dependencies: ["Kernels", "Models", "Support"], swiftSettings: strict),
    // Runs on the chip: plans of models, and what the firmware does without registers.
    .target(name: "Engine", dependencies: ["Core", "Kernels"], swiftSettings: optimised),
    .target(
      name: "FirmwareLogic", dependencies: ["BenchLog", "Core"], path: "Firmware/Logic",
      swiftSettings: strict),
    // Makes what runs on the chip.
    .target(
      name: "PlanWriter",
      dependencies: ["Core", "Engine", "Interpreter", "Kernels", "Models", "Support"],
      swiftSettings: strict),
    .target(
      name: "FirmwareImage", dependencies: ["Core", "Support"], path: "Firmware/Image",
      swiftSettings: strict),
    // Opens ONNX, Keras .h5, SavedModel and .tflite.
    .target(
      name: "ModelFormats", dependencies: ["Core", "Models", "Support", protobuf],
      exclude: ["Keras/Schema/saved_model.proto", "ONNX/Schema/onnx.proto"],
      swiftSettings: strict),
    .target(
      name: "Quantizer", dependencies: ["Core", "Interpreter", "Models", "Support"],
      swiftSettings: strict),
    .target(
      name: "Inspection", dependencies: ["ModelFormats", "Models", "Notebook", "Support"],
      swiftSettings: strict),
    .target(name: "Plots", dependencies: ["Core", "Support", "CCairo"], swiftSettings: optimised),
    .target(
      name: "Performance",
      dependencies: [
        "Core", "Ingest", "MachineModel", "Models", "Quantiles", "Reference", "Statistics",
        "Support", collections,
      ],
      swiftSettings: strict),
    .target(name: "Notebook", dependencies: ["Support"], swiftSettings: strict),
    .target(
      name: "CommandLineSupport", dependencies: ["Notebook", "Support", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "analyze",
      dependencies: [
        "Capture", "CommandLineSupport", "Core", "Ingest", "Inspection", "MachineModel",
        "ModelFormats", "Models", "Notebook", "Performance", "Plots", "Reference", "Statistics",
        "Support", argumentParser, collections,
      ],
      path: "Sources/Analyze",
      exclude: ["DefaultReport.md"],
      swiftSettings: strict),

    .executableTarget(
      name: "modelgen",
      dependencies: [
        "CommandLineSupport", "Core", "Engine", "FirmwareImage", "Inspection", "Interpreter",
        "ModelFormats", "Models", "Notebook", "PlanWriter", "Quantizer", "Support", argumentParser,
      ],
      path: "Sources/ModelGen", swiftSettings: strict),

    // What tests of several rooms use.
    .target(
      name: "TestSupport",
      dependencies: ["BenchLog", "Core", "Engine", "Models", "Support", "CArchive", "CZlib"],
      path: "Tests/Support",
      swiftSettings: optimised),
    .testTarget(
      name: "CoreTests", dependencies: ["Core", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SupportTests", dependencies: ["Support", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CommandLineSupportTests",
      dependencies: ["CommandLineSupport", "Notebook", "Support", argumentParser],
      swiftSettings: strict),
    .testTarget(
      name: "BenchLogTests", dependencies: ["BenchLog", "Core", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "QuantilesTests", dependencies: ["Quantiles", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "IngestTests",
      dependencies: ["BenchLog", "Ingest", "Quantiles", "Support", "TestSupport", "CZlib"],
      exclude: ["Fixtures", "Goldens"], swiftSettings: strict),
    .testTarget(
      name: "CaptureTests",
      dependencies: ["BenchLog", "Capture", "Ingest", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Quantiles", "Statistics", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReferenceTests",
      dependencies: ["Core", "Models", "Reference", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "PerformanceTests",
      dependencies: [
        "Core", "Ingest", "MachineModel", "Models", "Performance", "Quantiles", "Reference",
        "Statistics", "Support", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MachineModelTests",
      dependencies: [
        "Core", "MachineModel", "Models", "Reference", "Statistics", "Support", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ModelsTests", dependencies: ["Core", "Models", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Core", "Engine", "Interpreter", "Kernels", "Models", "PlanWriter", "Quantizer",
        "TestSupport",
      ],
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
      dependencies: [
        "BenchLog", "Capture", "Core", "FirmwareLogic", "Ingest", "RegisterModel", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FirmwareImageTests",
      dependencies: ["Core", "FirmwareImage", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "InterpreterTests", dependencies: ["Interpreter", "Models", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "PlanWriterTests",
      dependencies: ["Engine", "Interpreter", "Models", "PlanWriter", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ModelFormatsTests",
      dependencies: ["Interpreter", "ModelFormats", "Models", "Support", "TestSupport", protobuf],
      swiftSettings: strict),
    .testTarget(
      name: "QuantizerTests",
      dependencies: ["Interpreter", "Models", "Quantizer", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "InspectionTests",
      dependencies: ["Inspection", "ModelFormats", "Models", "Notebook", "Support", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ModelGenTests",
      dependencies: [
        "Core", "Engine", "Inspection", "Interpreter", "ModelFormats", "Models", "PlanWriter",
        "Quantizer", "Support", "TestSupport", "modelgen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PlotsTests", dependencies: ["Plots", "Support", "TestSupport", "CCairo"],
      exclude: ["Goldens"],
      swiftSettings: strict),
    .testTarget(
      name: "NotebookTests", dependencies: ["Notebook", "Support", "TestSupport"],
      exclude: ["Goldens"],
      swiftSettings: strict),
    .testTarget(name: "ScriptsTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "AnalyzeTests",
      dependencies: [
        "Capture", "Core", "Ingest", "MachineModel", "ModelFormats", "Models", "Notebook",
        "Performance", "Plots", "Quantiles", "Reference", "Support", "TestSupport", "analyze",
        "CZlib",
        argumentParser,
      ],
      exclude: ["Fixtures", "Goldens"], swiftSettings: strict),
  ]
)
