import Support

/// How Markdown names the pictures of a notebook's prose.
public enum MarkdownPictures: Sendable, Equatable {
  /// As the notebook does, for a reader in its folder.
  case asWritten
  /// By their copies in a folder beside the document.
  case copied(to: String)
  /// As attachments of a cell of Jupyter.
  case attached

  /// What stands between the parentheses.
  func place(of picture: PictureContent, as written: LinkTarget) -> String {
    switch self {
    case .asWritten: MarkdownText.target(written.value)
    case .copied(let folder): "\(folder)/\(picture.name)"
    case .attached: "attachment:\(picture.name)"
    }
  }
}
