import Foundation
import TestSupport
import Testing

/// Scripts/dependencies names what scripts and tests ask for and nothing else, and they ask for all that they look up.
struct DependenciesTests {
  private struct Line {
    let group: String
    /// A package, or `+OTHER`, all of another group.
    let package: String
    let tools: [String]
  }

  private let lines: [Line]
  /// Texts of scripts and tests, by their paths.
  private let sources: [String: String]

  init() throws {
    lines = try Checkout.text("Scripts/dependencies").split(separator: "\n").filter {
      !$0.hasPrefix("#")
    }
    .map { line in
      let words = line.split(separator: " ").map(String.init)
      try #require(words.count > 1, "\(line)")
      return Line(group: words[0], package: words[1], tools: Array(words.dropFirst(2)))
    }
    var sources: [String: String] = [:]
    for folder in ["Scripts", "Benchmarks", "Firmware", "Tests"] {
      let names = try FileManager.default.subpathsOfDirectory(
        atPath: Checkout.path(folder))
      for name in names where !name.contains(".build/") {
        let isScript = folder == "Scripts" || folder == "Benchmarks" && !name.contains("/")
        guard isScript || name.hasSuffix(".sh") || name.hasSuffix("Tests.swift") else { continue }
        sources["\(folder)/\(name)"] = try? Checkout.text("\(folder)/\(name)")
      }
    }
    self.sources = sources
  }

  /// What scripts and tests ask for, with who asks.
  private var asked: [(path: String, tool: String)] {
    get throws {
      var result: [(String, String)] = []
      for (path, text) in sources where path != "Scripts/tools.sh" && !path.contains("ScriptsTests")
      {
        for match in text.matches(of: /need(?:s)?_tools ([^\n"$]+)/) {
          result += match.1.split(separator: " ").map { (path, String($0)) }
        }
        for match in text.matches(of: /\.tools\(([^)]*)\)/) {
          result += match.1.matches(of: /"([^"]*)"/).map { (path, String($0.1)) }
        }
      }
      return result
    }
  }

  /// Packages and tools of a group and of the groups in it.
  private func all(_ group: String) -> [Line] {
    lines.filter { $0.group == group }.flatMap { line in
      line.package.hasPrefix("+") ? all(String(line.package.dropFirst())) : [line]
    }
  }

  @Test func groupsAreThere() {
    let groups = Set(lines.map(\.group))
    for line in lines where line.package.hasPrefix("+") {
      #expect(groups.contains(String(line.package.dropFirst())), "\(line)")
    }
  }

  @Test func whatIsAskedForIsListed() throws {
    let listed = Set(lines.flatMap(\.tools))
    let asked = try asked
    #expect(asked.count > 10)
    for (path, tool) in asked {
      #expect(
        listed.contains(tool), "\(path) uses \(tool), which Scripts/dependencies does not name")
    }
  }

  /// On a machine where `make test` has installed its group, every check finds its tools.
  @Test func whatTestsAskForIsInTheirGroup() throws {
    let installed = Set(all("test").flatMap(\.tools))
    for (path, tool) in try asked where path.hasPrefix("Tests/") || path.hasPrefix("Scripts/check-")
    {
      #expect(installed.contains(tool), "\(path) uses \(tool), which is not in group test")
    }
    #expect(all("test").map(\.package).contains("libstdc++-arm-none-eabi-newlib"))
  }

  @Test func nothingIsListedInVain() throws {
    let asked = Set(try asked.map(\.tool))
    for tool in lines.flatMap(\.tools) {
      #expect(asked.contains(tool), "nothing asks for \(tool)")
    }
  }

  /// All builds of one package share a folder, and a build with other flags compiles everything again.
  @Test func releasesAreBuiltInOnePlace() throws {
    let makefile = try Checkout.text("Makefile")
    for (path, text) in sources.merging(["Makefile": makefile], uniquingKeysWith: { $1 })
    where path != "Scripts/build" && !path.hasPrefix("Tests/") {
      for line in text.split(separator: "\n")
      where line.contains("swift build") && line.contains("-c ") && !line.contains("--package-path")
      {
        // A tool of another package, made by hand.
        #expect(path == "Scripts/generate-protos", "\(path): \(line)")
      }
    }
    try #expect(Checkout.text("Scripts/build").contains("--static-swift-stdlib"))
  }

  /// Every look-up of a tool goes through the list.
  @Test func noToolIsLookedUpElsewhere() {
    // What installs the rest, and what no package has.
    let exceptions = ["swift", "dpkg-query", "brew", "sudo", "protoc-gen-swift"]
    for (path, text) in sources where path != "Scripts/tools.sh" && !path.contains("ScriptsTests") {
      for match in text.matches(of: /(?:command -v|type -p|\$\(which) +([^ \n;)]+)/)
      where !path.hasPrefix("Tests/") {
        #expect(exceptions.contains(String(match.1)), "\(path) looks for \(match.1)")
      }
      if path.hasPrefix("Tests/") {
        #expect(!text.contains("environment[\"PATH\"]"), "\(path) looks for a tool in PATH")
        #expect(
          !text.contains("\"/usr/bin/") || text.contains(".tools("), "\(path) starts a program")
      }
    }
  }
}
