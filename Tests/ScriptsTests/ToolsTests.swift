import Foundation
import TestSupport
import Testing

/// Tools of Scripts/dependencies, asked for as scripts and tests do.
struct ToolsTests {
  /// Runs `body` with a PATH of the commands that tools.sh itself needs, and of `fakes`, which fail.
  private func withPath(
    _ fakes: [String] = [], _ body: ([String: String]) throws -> Void
  ) throws {
    let files = FileManager.default
    let scratch = try ScratchFolder()
    defer { withExtendedLifetime(scratch) {} }
    let folder = scratch.url.path
    for name in ["awk", "basename", "grep", "sed", "sort", "tr"] {
      let path = try #require(
        ["/bin/", "/usr/bin/"].map { $0 + name }.first(where: files.fileExists))
      try files.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: path)
    }
    for name in fakes {
      try Data("#!/bin/sh\nexit 1\n".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/" + name)
    }
    try body(["PATH": folder])
  }

  private func refusal(_ names: String..., environment: [String: String]) throws -> String {
    guard case .refusal(let text) = try Tools.ask(names, environment: environment) else {
      Issue.record("\(names) are not refused")
      return ""
    }
    return text
  }

  @Test(arguments: ["required", "optional", "none"])
  func whatTheListDoesNotNameIsRefusedByName(tools: String) throws {
    try withPath(["cobc"]) { path in
      let environment = path.merging(["PICO2_BENCHMARK_TOOLS": tools]) { $1 }
      try #expect(
        refusal("cobc", environment: environment)
          .contains("cobc is used here, but Scripts/dependencies does not name it"))
    }
  }

  @Test func whatIsNotThereIsSkippedByNameUnlessItIsRequired() throws {
    try withPath { path in
      try #expect(
        Tools.ask(["qemu-system-arm"], environment: path)
          == .skip(
            "tests: skipped, there is no qemu-system-arm (Scripts/install-dependencies test)\n"))
      let required = path.merging(["PICO2_BENCHMARK_TOOLS": "required"]) { $1 }
      try #expect(
        refusal("qemu-system-arm", environment: required).contains(
          "there is no qemu-system-arm"))
    }
  }

  @Test func withoutToolsWhatTheBuildDoesNotNeedIsSkipped() throws {
    let environment = ProcessInfo.processInfo.environment
      .merging(["PICO2_BENCHMARK_TOOLS": "none"]) { $1 }
    try #expect(Tools.ask(["c++:cstddef"], environment: environment) == .there)
    guard case .skip = try Tools.ask(["python3:ensurepip"], environment: environment) else {
      Issue.record("python3 is not skipped")
      return
    }
  }

  /// A compiler is of no use without its library, which is a package of its own.
  @Test func aCompilerWithoutItsHeadersIsNotThere() throws {
    try withPath(["arm-none-eabi-g++"]) { path in
      let required = path.merging(["PICO2_BENCHMARK_TOOLS": "required"]) { $1 }
      let text = try refusal("arm-none-eabi-g++:cstddef", environment: required)
      #expect(text.contains("arm-none-eabi-g++:cstddef"))
    }
  }
}
