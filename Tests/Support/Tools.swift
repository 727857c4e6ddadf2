import Foundation
import Testing

/// Tools that tests start, by the one list of what is installed, `Scripts/dependencies`.
public enum Tools {
  /// What Scripts/tools.sh says of tools: what it says of those that are not there.
  public enum Answer: Equatable, Sendable {
    case there
    case skip(String)
    case refusal(String)
  }

  /// What the list and this machine say of tools.
  public static func ask(
    _ names: [String], environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Answer {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.currentDirectoryURL = Checkout.root
    process.environment = environment
    process.arguments =
      ["-c", ". Scripts/tools.sh; check_needs_tools \"$@\"; exit 3", "tests"] + names
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    switch process.terminationStatus {
    case 3: return .there
    case 0: return .skip(text)
    default: return .refusal(text)
    }
  }

  /// False where a test is to be skipped; throws where it must not be.
  public static func areThere(_ names: [String]) throws -> Bool {
    switch try ask(names) {
    case .there: return true
    case .skip: return false
    case .refusal(let text): throw Refusal(description: text)
    }
  }

  private struct Refusal: Error, CustomStringConvertible { let description: String }
}

extension Trait where Self == ConditionTrait {
  /// What a test starts: commands or `COMMAND:PART`, as in Scripts/dependencies. A tool that the list does not
  /// name fails the test; one that is not on this machine skips it, and under `make test` fails it.
  public static func tools(_ names: String...) -> Self {
    .enabled(
      if: try Tools.areThere(names),
      "needs \(names.joined(separator: " and ")), which Scripts/install-dependencies test installs")
  }
}
