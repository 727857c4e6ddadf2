// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that ordinary builds never see it; Benchmarks/coverage builds it.
let package = Package(
  name: "coverage-table",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "pico2-benchmark", path: "../..")],
  targets: [
    .executableTarget(
      name: "CoverageTable",
      dependencies: [.product(name: "Statistics", package: "pico2-benchmark")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
  ]
)
