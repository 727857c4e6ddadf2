// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that ordinary builds never see it; Scripts/fuzz builds it.
let package = Package(
  name: "fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "pico2-benchmark", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        .product(name: "BenchLog", package: "pico2-benchmark"),
        .product(name: "Ingest", package: "pico2-benchmark"),
        .product(name: "ModelRooms", package: "pico2-benchmark"),
        .product(name: "Notebook", package: "pico2-benchmark"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
