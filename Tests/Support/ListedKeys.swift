import Foundation

/// The keys that `docs/json.md` lists for one of its documents, and what a printed document has of them.
public struct ListedKeys {
  private struct Key {
    var type: String
    /// The same key in the first place that its table is for.
    var first: String
  }

  private var keys: [String: Key] = [:]
  private var seen: Set<String> = []

  /// Reads the tables of the part `title` of the page.
  public init(of title: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/json.md"), encoding: .utf8)
    var isPart = false
    var places: [String] = []
    for line in page.split(separator: "\n") {
      if line.hasPrefix("## ") {
        isPart = line == "## \(title)"
      } else if line.hasPrefix("### ") {
        places = Self.quoted(line)
        if places.isEmpty { places = [""] }
      } else if isPart, line.hasPrefix("| `"), let key = Self.quoted(line).first {
        let type = line.split(separator: "|")[1].trimmingCharacters(in: .whitespaces)
        for place in places {
          keys[Self.path(place, key)] = Key(type: type, first: Self.path(places[0], key))
        }
      }
    }
  }

  /// Keys that no document had so far.
  public var unseen: [String] { Set(keys.values.map(\.first)).subtracting(seen).sorted() }

  /// How many keys are listed.
  public var count: Int { Set(keys.values.map(\.first)).count }

  /// What of a document is not as listed, once for every key.
  public mutating func problems(in document: String) throws -> [String] {
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(document.utf8))
    var problems: Set<String> = []
    check(value, "", &problems)
    return problems.sorted()
  }

  private mutating func check(_ value: JSONValue, _ place: String, _ problems: inout Set<String>) {
    guard case .object(let fields) = value else {
      problems.insert("\(place) is not an object")
      return
    }
    for (name, field) in fields {
      let path = Self.path(place, name)
      guard let key = keys[path] else {
        if name == "reasons" {
          checkReasons(field, place, &problems)
        } else {
          problems.insert("\(path) is printed and not listed")
        }
        continue
      }
      seen.insert(key.first)
      guard let inner = field.objects(of: key.type) else {
        problems.insert("\(path) is not of the type \(key.type)")
        continue
      }
      let suffix =
        key.type == "objects" ? "[]" : key.type == "objects by name" ? ".*" : ""
      for one in inner { check(one, path + suffix, &problems) }
    }
  }

  private func checkReasons(
    _ value: JSONValue, _ place: String, _ problems: inout Set<String>
  ) {
    guard case .object(let reasons) = value, value.objects(of: "strings by name") != nil,
      !reasons.isEmpty
    else {
      problems.insert("the reasons of \(place) are not strings by name")
      return
    }
    for name in reasons.keys where keys[Self.path(place, name)] == nil {
      problems.insert("\(place) has a reason for \(name), which is not listed")
    }
  }

  private static func path(_ place: String, _ key: String) -> String {
    place.isEmpty ? key : place + "." + key
  }

  private static func quoted(_ line: Substring) -> [String] {
    line.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter {
      $0.0 % 2 == 1
    }
    .map { String($0.1) }
  }
}

/// Any JSON.
private enum JSONValue: Decodable {
  case null
  case boolean
  case integer
  case number
  case string
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let fields = try? value.decode([String: JSONValue].self) {
      self = .object(fields)
    } else if let list = try? value.decode([JSONValue].self) {
      self = .array(list)
    } else if value.decodeNil() {
      self = .null
    } else if (try? value.decode(Bool.self)) != nil {
      self = .boolean
    } else if (try? value.decode(String.self)) != nil {
      self = .string
    } else if (try? value.decode(Int64.self)) != nil || (try? value.decode(UInt64.self)) != nil {
      self = .integer
    } else {
      _ = try value.decode(Double.self)
      self = .number
    }
  }

  /// The objects in a value of the type that the page names; nil where it is of another.
  func objects(of type: String) -> [JSONValue]? {
    switch (self, type) {
    case (.object, "object"): return [self]
    case (.array(let list), "objects"): return list
    case (.object(let fields), "objects by name"): return Array(fields.values)
    case (.array(let list), "strings"): return list.allSatisfy(\.isString) ? [] : nil
    case (.array(let list), "integers"): return list.allSatisfy(\.isInteger) ? [] : nil
    case (.object(let fields), "strings by name"):
      return fields.values.allSatisfy(\.isString) ? [] : nil
    case (.string, "string"), (.boolean, "boolean"), (.integer, "integer"), (.integer, "number"),
      (.number, "number"):
      return []
    default: return nil
    }
  }

  private var isString: Bool { if case .string = self { true } else { false } }
  private var isInteger: Bool { if case .integer = self { true } else { false } }
}
