import Core
import Models
import Support

/// What stands around an image under a window, as TFLite can say it.
enum Border: Equatable {
  /// Nothing.
  case none
  /// TFLite's SAME at this size.
  case same
  /// Another number of elements on each side.
  case explicit(vertical: WindowAxis.Sides, horizontal: WindowAxis.Sides)

  var padding: Padding { self == .same ? .same : .valid }
}

/// A window as the attributes of a node state it (https://onnx.ai/onnx/operators/onnx__Conv.html).
struct NodeWindow {
  var size: Extent
  var stride: Extent
  var dilation: Extent
  var border: Border
  /// The same in numbers: vertical, horizontal.
  var sides: [WindowAxis.Sides]

  /// `image` is [N, H, W, C]; `size` is known from the weights, else it is an attribute.
  init(_ node: Node, image: [Int], size: Extent?) throws(Diagnostic) {
    let stated = try Self.extent(node, "kernel_shape", standard: nil)
    guard let known = size ?? stated else {
      throw node.failure("attribute", "`kernel_shape` is missing")
    }
    guard stated == nil || stated == known else {
      throw node.failure("attribute", "`kernel_shape` is not that of the weights")
    }
    self.size = known
    let one = Extent(height: 1, width: 1)
    stride = try Self.extent(node, "strides", standard: one) ?? one
    dilation = try Self.extent(node, "dilations", standard: one) ?? one
    let window = Window(padding: .valid, stride: stride, dilation: dilation)
    guard let (vertical, horizontal) = window.axes(over: image, size: known) else {
      throw node.failure("attribute", "the window is too large")
    }
    let axes = [vertical, horizontal]
    sides = try Self.sides(node, axes)
    border = Self.border(sides, axes)
    // A window all of which stands outside has no value.
    for (axis, side) in zip(axes, sides) where max(side.before, side.after) >= axis.reach {
      throw node.unsupported(
        "`pads` puts \(max(side.before, side.after)) elements beside a window that reaches over "
          + "\(axis.reach)", remedy: "Pad less than the window reaches.")
    }
  }

  /// As TFLite has it, over an image with `border` where it is explicit. A convolution's weights tell
  /// its size; pooling has it in the window.
  func window(_ border: Border, isPooling: Bool = false) -> Window {
    Window(
      padding: border.padding, stride: stride, dilation: dilation, size: isPooling ? size : nil)
  }

  private static func extent(
    _ node: Node, _ name: String, standard: Extent?
  ) throws(Diagnostic) -> Extent? {
    guard let values = try node.ints(name) else { return standard }
    guard values.count == 2, values.allSatisfy({ (1...TensorCheck.largestSize).contains($0) })
    else {
      throw node.failure(
        "attribute", "`\(name)` is \(Array(values.prefix(8))); two numbers of 1 or more are needed",
        remedy: "Only windows over height and width are read.")
    }
    return Extent(height: values[0], width: values[1])
  }

  /// The border in numbers, even where TFLite has a name for it.
  var explicitBorder: Border {
    border == .none ? .none : .explicit(vertical: sides[0], horizontal: sides[1])
  }

  private static func border(_ sides: [WindowAxis.Sides], _ axes: [WindowAxis]) -> Border {
    if sides.allSatisfy({ $0.before == 0 && $0.after == 0 }) { return .none }
    if sides == axes.map({ $0.sides(.same) }) { return .same }
    return .explicit(vertical: sides[0], horizontal: sides[1])
  }

  private static func sides(
    _ node: Node, _ axes: [WindowAxis]
  ) throws(Diagnostic) -> [WindowAxis.Sides] {
    var sides = axes.map { _ in WindowAxis.Sides(before: 0, after: 0) }
    let mode = try node.text("auto_pad", default: "NOTSET")
    switch mode {
    case "NOTSET": sides = try explicit(node)
    case "VALID": break
    case "SAME_UPPER": sides = axes.map { $0.sides(.same) }
    case "SAME_LOWER":
      // The odd element stands before, where SAME of TFLite puts it after.
      sides = axes.map { $0.sides(.same) }.map { .init(before: $0.after, after: $0.before) }
    default:
      throw node.failure(
        "attribute",
        "`auto_pad` is '\(printable(mode))'; it must be NOTSET, SAME_UPPER, "
          + "SAME_LOWER or VALID")
    }
    if try node.flag("ceil_mode") {
      for (axis, side) in zip(axes, sides) where axis.rest(side) != 0 && mode == "NOTSET" {
        throw node.unsupported(
          "`ceil_mode` adds a window that stands partly outside of the image",
          remedy: "Export the model with ceil_mode=False, or pad the image explicitly.")
      }
    }
    return sides
  }

  private static func explicit(_ node: Node) throws(Diagnostic) -> [WindowAxis.Sides] {
    let pads = try node.ints("pads") ?? [0, 0, 0, 0]
    guard pads.count == 4, pads.allSatisfy({ (0...TensorCheck.largestSize).contains($0) }) else {
      throw node.failure(
        "attribute", "`pads` is \(Array(pads.prefix(8))); four numbers of 0 or more are needed",
        remedy: "Only windows over height and width are read.")
    }
    return [
      WindowAxis.Sides(before: pads[0], after: pads[2]),
      WindowAxis.Sides(before: pads[1], after: pads[3]),
    ]
  }
}

extension WindowAxis {
  /// Elements behind the last whole window.
  fileprivate func rest(_ sides: Sides) -> Int64 {
    (Int64(size + sides.before + sides.after) - reach) % Int64(stride)
  }
}
