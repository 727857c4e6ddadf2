import Notebook

/// The drawings of a notebook as files: `NAME.svg`, `NAME-dark.svg` and `NAME.png` of each figure.
enum FigureFiles {
  /// The folder beside the documents.
  static let folder = "plots"

  /// The files in the order of the figures; a form that is not offered or cannot be drawn has none,
  /// and the document says so.
  static func all(of notebook: ExecutedNotebook) -> [(name: String, bytes: [UInt8])] {
    notebook.figures.flatMap { figure in
      let forms: [(name: String, form: FigureForm)] = [
        ("\(figure.name).svg", .svg(.light, .wide)),
        ("\(FigureName.dark(figure.name)).svg", .svg(.dark, .wide)),
        ("\(figure.name).png", .png(.light)),
      ]
      return forms.compactMap { name, form in
        (try? figure.drawing(form)).flatMap { $0 }.map { (name: name, bytes: $0) }
      }
    }
  }
}
