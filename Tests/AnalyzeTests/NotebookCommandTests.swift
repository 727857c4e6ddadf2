import Foundation
import TestSupport
import Testing

@testable import analyze

/// A user's notebook.
@Suite(.serialized) struct NotebookCommandTests {
  private let notebook = """
    # Study

    Some prose.

    ```analyze
    speedup --filter model=kws
    ```

    ```analyze
    speedupp
    placement --filter bord=x
    ```
    """

  @Test func cellsRunAndMistakesStandInPlace() throws {
    try withFile("study.md", notebook) { path in
      let result = Harness.analyze(["notebook", path] + Harness.logs)
      #expect(result.status == 1)
      #expect(result.out.contains("KWS"))
      #expect(!result.out.contains("VWW"))
      #expect(result.out.contains("there is no section 'speedupp'"))
      #expect(result.err.contains("study.md:10:1: error: there is no section 'speedupp'"))
      #expect(result.err.contains("Did you mean 'speedup'?"))
      #expect(result.err.contains("study.md:11:1: error: --filter: unknown key 'bord'"))
    }
  }

  @Test func resultsGoToAFolder() throws {
    try withFile("study.md", "# S\n\n```analyze\nplacement\n```\n") { path in
      try withFolder { folder in
        let result = Harness.analyze(["notebook", path] + Harness.logs + ["-o", folder])
        #expect(result.status == 0)
        for name in ["study.html", "study.md", "study.ipynb"] {
          #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name)"))
        }
      }
    }
  }

  @Test func absentNotebookIsSaid() {
    let result = Harness.analyze(["notebook", "absent.md"] + Harness.logs)
    #expect(result.status == 2)
    #expect(result.err.contains("absent.md"))
  }

  /// The default report is the notebook file that stands in the sources.
  @Test func defaultReportIsTheFile() throws {
    let file = Checkout.root.appendingPathComponent("Sources/Analyze/DefaultReport.md")
    #expect(try String(contentsOf: file, encoding: .utf8) == defaultReport)
    let own = Harness.analyze(Harness.logs)
    let run = Harness.analyze(["notebook", file.path] + Harness.logs)
    #expect(own.out == run.out)
  }
}
