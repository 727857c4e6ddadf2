import Foundation
import TestSupport
import Testing

/// The header compiles without a warning for machines of 8 to 64 bits, and the READMEs' code runs.
struct PbLogCompilationTests {
  private static let program = PbProgram.emulated(PbField.program)
    .replacing("__asm__ volatile(\"bkpt 0xab\" : \"+r\"(r0) : \"r\"(r1) : \"memory\");", with: "")
    .replacing(" __asm__(\"r0\")", with: "").replacing(" __asm__(\"r1\")", with: "")
    .replacing("(const void *)0x20026", with: "NULL")
    .replacing("register ", with: "").replacing("return r0;", with: "return r1 ? r0 : 0;")

  private func compiles(_ compiler: PbCompiler) throws {
    try withFile("program.c", Self.program) { source in
      let built = try compiler.compile(source, to: source + ".o", ["-c"])
      #expect(built.status == 0, "\(built.err)")
    }
  }

  @Test(.tools("c++:cstddef"), arguments: [PbCompiler.hostC, .hostCpp])
  func compilesHere(_ compiler: PbCompiler) throws { try compiles(compiler) }

  @Test(.tools("arm-none-eabi-gcc:math.h"), arguments: [PbCompiler.m33, .m3, .m0])
  func compilesForCortexM(_ compiler: PbCompiler) throws { try compiles(compiler) }

  @Test(.tools("arm-none-eabi-g++:cstddef")) func compilesForCortexMAsCpp() throws {
    try compiles(.m33Cpp)
  }

  @Test(.tools("avr-gcc")) func compilesForAVR() throws { try compiles(.avr) }

  /// The code of both READMEs, in a program that has what they take for granted.
  @Test(.tools("c++:cstddef"), arguments: ["README.md", "Firmware/pb_log/README.md"])
  func codeOfREADMEsGivesAWholeLog(_ path: String) throws {
    let blocks = try Checkout.text(path).components(separatedBy: "```c\n").dropFirst()
    try #require(blocks.count == 1)
    let code = try #require(blocks.first?.components(separatedBy: "```").first)
    let parts = code.components(separatedBy: "\n\npb_log bench;")
    try #require(parts.count == 2)
    let program = """
      #include <stdio.h>
      \(parts[0])
      struct Network { void Invoke() {} };
      static Network network, *interpreter = &network;
      static uint32_t now;
      static uint32_t microseconds() { return now += 7; }
      int main() {
      pb_log bench;\(parts[1])
      return 0;
      }
      """
    let printed = try PbCompiler.hostCpp.output(of: program)
    try #require(printed.status == 0, "\(printed.err)")
    let file = ingest(printed.out)
    #expect(file.diagnostics.isEmpty)
    #expect(times(of: file.runs.first?.latency) == [Double](repeating: 0.000007, count: 100))
  }
}
