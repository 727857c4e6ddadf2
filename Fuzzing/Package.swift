// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that ordinary builds never see it; Scripts/fuzz builds it.
let package = Package(
  name: "fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "pico2-benchmark", path: "..")],
  targets: [
    // A link to Sources/Models, which is no product of the package.
    .target(name: "ModelsUnderFuzz", swiftSettings: [.swiftLanguageMode(.v6)]),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "ModelsUnderFuzz",
        .product(name: "BenchLog", package: "pico2-benchmark"),
        .product(name: "Ingest", package: "pico2-benchmark"),
        .product(name: "Notebook", package: "pico2-benchmark"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
