/// A picture that a notebook shows from a file beside it.
public struct Picture: Sendable, Equatable {
  /// What it shows, for those who cannot see it.
  public var alternativeText: String
  /// Its file as written, relative to the notebook.
  public var target: LinkTarget
  /// What is in the file; nil until it was read. Without it the file is linked.
  public var content: PictureContent?

  /// A picture that was not read yet.
  public init(alternativeText: String, target: LinkTarget, content: PictureContent? = nil) {
    self.alternativeText = alternativeText
    self.target = target
    self.content = content
  }

  /// What is shown instead of the picture.
  var words: String { alternativeText.isEmpty ? target.value : alternativeText }
}

/// The bytes of a picture of a kind that pages show.
public struct PictureContent: Sendable, Equatable {
  /// What a page may show; told by the first bytes, whatever the file is called.
  public enum Kind: String, Sendable, CaseIterable {
    /// ISO/IEC 15948.
    case png
    /// ISO/IEC 10918.
    case jpeg
    /// GIF87a and GIF89a.
    case gif
    /// RFC 9649.
    case webp
    /// SVG that runs nothing, see ``SVGCheck``.
    case svg

    /// IANA's name.
    var mediaType: String { self == .svg ? "image/svg+xml" : "image/\(rawValue)" }
  }

  /// The kind.
  public let kind: Kind
  /// The whole file.
  public let bytes: [UInt8]
  /// Name for a copy of the file: like the original, made unique by its content.
  public let name: String

  /// Takes the bytes of a file called `file`; nil when they are no picture of those kinds.
  public init?(file: String, bytes: [UInt8]) {
    guard let kind = Self.kind(of: bytes) else { return nil }
    self.kind = kind
    self.bytes = bytes
    let last = file.split(separator: "/").last ?? ""
    let stem = last.lastIndex(of: ".").map { last[..<$0] } ?? last
    name = "\(FigureName.stem(String(stem)))-\(FileName.hash(bytes)).\(kind.rawValue)"
  }

  private static func kind(of bytes: [UInt8]) -> Kind? {
    if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return .png }
    if bytes.starts(with: [0xff, 0xd8, 0xff]) { return .jpeg }
    if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return .gif }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      return .webp
    }
    return SVGCheck.isStill(bytes) ? .svg : nil
  }

  /// The picture as a URL that needs no file and no network.
  var url: String { "data:\(kind.mediaType);base64,\(Base64.encode(bytes))" }
}
