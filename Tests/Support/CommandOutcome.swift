import Support

/// What one command line gave.
public struct CommandOutcome: Sendable {
  /// Its exit status.
  public let status: Int32
  /// What it wrote to standard output.
  public let out: String
  /// What it wrote to standard error.
  public let err: String

  /// What a program gave.
  public init(status: Int32, out: String, err: String) {
    (self.status, self.out, self.err) = (status, out, err)
  }

  /// Runs a command in process, on streams in memory and in an environment where all is at its default.
  package init(
    width: Int, _ run: (inout MemoryStream, inout MemoryStream, inout Environment) -> Int32
  ) {
    var out = MemoryStream()
    var err = MemoryStream()
    var environment = Environment()
    environment.width = width
    status = run(&out, &err, &environment)
    (self.out, self.err) = (out.text, err.text)
  }
}
