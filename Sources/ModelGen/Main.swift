import ArgumentParser

@main
struct ModelGen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modelgen", subcommands: [OracleCases.self])
}
