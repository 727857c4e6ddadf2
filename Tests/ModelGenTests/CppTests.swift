import Foundation
import Models
import TestSupport
import Testing

@testable import modelgen

/// `--cpp`: the code is compiled with all warnings, linked and run.
struct CppTests {
  /// Counts what it is asked to add, and checks the file it finds.
  static func program(_ name: String, _ graph: Graph) -> String {
    """
    #include "\(name).h"
    #include <cstring>
    enum Status { kOk, kError };
    struct Resolver {
      int added = 0;
      Status AddConv2D() { ++added; return kOk; }
      Status AddDepthwiseConv2D() { ++added; return kOk; }
      Status AddAveragePool2D() { ++added; return kOk; }
      Status AddReshape() { ++added; return kOk; }
      Status AddFullyConnected() { ++added; return kOk; }
      Status AddSoftmax() { return added == 5 ? (++added, kOk) : kError; }
    };
    int main() {
      namespace m = \(name);
      static_assert(m::model_bytes == \(graph.bytes.count) && m::macs == \(graph.macs));
      static_assert(m::model_crc32 == \(graph.crc32)u && m::operator_kinds == 6);
      Resolver resolver;
      if (!m::add_operators(resolver) || resolver.added != 6) return 1;
      if (reinterpret_cast<std::uintptr_t>(m::model) % 16 != 0) return 2;
      if (std::strcmp(m::dtype, "\(graph.types)") != 0) return 3;
      std::uint32_t crc = 0xffffffff;
      for (std::size_t i = 0; i < m::model_bytes; ++i) {
        crc ^= m::model[i];
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
      }
      return ~crc == m::model_crc32 ? 0 : 4;
    }
    """
  }

  private static let flags =
    ["-std=c++17", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-pedantic"]

  /// A model of either dtype as C++: `body` gets its file, the names of model and dtype, and the folder.
  private func withCode(
    _ body: (_ source: String, _ name: String, _ dtype: String, _ folder: String) throws -> Void
  ) throws {
    try withFolder { folder in
      // A name that C++ would not have.
      try Fixture.write(try Fixture.network(), folder + "/2nd \"model\" ü.tflite")
      let result = Harness.modelgen(
        ["convert", folder + "/2nd \"model\" ü.tflite", "--samples", "2", "--cpp"]
          + ["-o", folder + "/out"])
      #expect(result.status == 0, "\(result.err)")
      let sources = try Files.names(folder + "/out").filter { $0.hasSuffix(".cc") }
      #expect(sources.count == 2)
      for source in sources {
        let name = String(source.dropLast(3))
        let dtype = name.hasSuffix("int8") ? "int8" : "fp32"
        try body("\(folder)/out/\(source)", name, dtype, folder)
      }
    }
  }

  @Test(.tools("c++:cstddef")) func codeCompilesWithoutWarningsAndHoldsTheFile() throws {
    try withCode { source, name, dtype, folder in
      let graph = try Harness.graph("\(folder)/out/2nd \"model\" ü_\(dtype).tflite")
      let main = "\(folder)/out/main_\(dtype).cpp"
      try Files.write(Array(Self.program(name, graph).utf8), main)
      let built = try CommandOutcome(
        running: "c++", Self.flags + [main, source, "-o", "\(folder)/\(dtype)"])
      try #require(built.status == 0, "\(built.err)")
      try #expect(CommandOutcome(running: "\(folder)/\(dtype)", []).status == 0)
    }
  }

  @Test(.tools("arm-none-eabi-g++:cstddef")) func codeCompilesForTheCore() throws {
    try withCode { source, _, dtype, folder in
      let built = try CommandOutcome(
        running: "arm-none-eabi-g++",
        Self.flags + ["-mcpu=cortex-m33", "-c", source, "-o", "\(folder)/\(dtype).o"])
      #expect(built.status == 0, "\(built.err)")
    }
  }
}
