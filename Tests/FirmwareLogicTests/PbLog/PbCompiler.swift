import Foundation
import TestSupport
import Testing

/// A compiler of the header, with all warnings, which are errors.
struct PbCompiler: CustomTestStringConvertible {
  let testDescription: String
  let command: String
  let flags: [String]

  private static let warnings =
    ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror", "-Os"]
  private static let c = ["-std=c99", "-xc"] + warnings
  private static let cpp = ["-std=c++11", "-xc++"] + warnings

  static let hostC = Self(testDescription: "C, here", command: "cc", flags: c)
  static let hostCpp = Self(testDescription: "C++, here", command: "c++", flags: cpp)
  static let m33 = arm("Cortex-M33", ["-mcpu=cortex-m33"])
  static let m3 = arm("Cortex-M3", ["-mcpu=cortex-m3"])
  static let m0 = arm("Cortex-M0", ["-mcpu=cortex-m0"])
  static let m33Cpp = Self(
    testDescription: "C++, Cortex-M33", command: "arm-none-eabi-g++",
    flags: cpp + ["-mthumb", "-mcpu=cortex-m33", "-fno-exceptions"])
  /// Without a C library: its headers are those of the compiler.
  static let avr = Self(
    testDescription: "AVR, int of 16 bits", command: "avr-gcc",
    flags: c + ["-mmcu=atmega328p", "-ffreestanding"])

  private static func arm(_ name: String, _ flags: [String]) -> Self {
    Self(testDescription: name, command: "arm-none-eabi-gcc", flags: c + ["-mthumb"] + flags)
  }

  /// Compiles `source`, which may include the header, into `output`.
  func compile(_ source: String, to output: String, _ more: [String]) throws -> CommandOutcome {
    try CommandOutcome(
      running: command,
      flags + ["-I", Checkout.path("Firmware/pb_log"), source, "-o", output] + more)
  }

  /// What the program prints when it is compiled and run here; what the compiler says where it fails.
  func output(ofFile source: String, _ more: [String] = []) throws -> CommandOutcome {
    try withFolder { folder in
      let built = try compile(source, to: folder + "/program", more)
      return built.status == 0
        ? try CommandOutcome(running: folder + "/program", []) : built
    }
  }

  /// The same of a text.
  func output(of program: String) throws -> CommandOutcome {
    try withFile("program.c", program) { try output(ofFile: $0) }
  }
}
