import Models
import Support

/// Operators with a window over images.
extension Exporter {
  mutating func convolution(
    _ each: Operator, _ data: Int, _ output: Int
  ) throws(Diagnostic) {
    let isDepthwise = each.kind == .depthwiseConv2D
    var activation = FusedActivation.none
    switch each.attributes {
    case .convolution(_, let fused), .depthwise(_, _, let fused): activation = fused
    default: break
    }
    guard let window = each.attributes.window, each.inputs.count >= 2,
      let weights = each.inputs[1], isConstant(weights), shape(weights).count == 4
    else { throw Self.operands("there is no window, or the weights are not constant") }
    let sizes = shape(weights)
    let size = Extent(height: sizes[1], width: sizes[2])
    let channels = shape(data)[3]
    // From [1, H, W, out] or [out, H, W, in] to OIHW.
    let order = isDepthwise ? [3, 0, 1, 2] : [0, 3, 1, 2]
    var inputs = [name(data, .channelsFirst)]
    inputs.append(
      initializer(
        ConstantOrder.transposed(graph.tensors[weights], order),
        called: graph.tensors[weights].name))
    if each.inputs.count > 2, let bias = each.inputs[2] { inputs.append(name(bias)) }
    let attributes: [ONNXAttributeProto] =
      [
        .ints("dilations", [window.dilation.height, window.dilation.width]),
        .int("group", isDepthwise ? channels : channels / sizes[3]),
      ] + (try place(window, size, over: shape(data)))
    try finish("Conv", inputs, output, .channelsFirst, attributes, activation: activation)
  }

  mutating func pooling(
    _ each: Operator, _ data: Int, _ output: Int
  ) throws(Diagnostic) {
    guard case .pooling(let window, let activation) = each.attributes, let size = window.size
    else { throw Self.operands("there is no window") }
    let isMean = each.kind == .averagePool2D
    var attributes = try place(window, size, over: shape(data))
    // TFLite's mean leaves out what stands around the image.
    if isMean { attributes.insert(.int("count_include_pad", 0), at: 0) }
    let source = name(data, .channelsFirst)
    try finish(
      isMean ? "AveragePool" : "MaxPool", [source], output, .channelsFirst, attributes,
      activation: activation)
  }

  /// kernel_shape, pads and strides.
  private func place(
    _ window: Window, _ size: Extent, over image: [Int]
  ) throws(Diagnostic) -> [ONNXAttributeProto] {
    guard let axes = window.axes(over: image, size: size) else {
      throw Self.operands("the image or its window is too large")
    }
    let vertical = axes.height.sides(window.padding)
    let horizontal = axes.width.sides(window.padding)
    return [
      .ints("kernel_shape", [size.height, size.width]),
      .ints("pads", [vertical.before, horizontal.before, vertical.after, horizontal.after]),
      .ints("strides", [window.stride.height, window.stride.width]),
    ]
  }

  mutating func pad(_ each: Operator, _ data: Int, _ output: Int) throws(Diagnostic) {
    guard each.inputs.count == 2, let list = each.inputs[1],
      let values = graph.tensors[list].int32Values, values.count == 2 * shape(data).count
    else { throw Self.operands("the paddings are not constant") }
    let form = form(data)
    let order = form == .channelsFirst ? Self.toChannelsFirst : Array(shape(data).indices)
    let pads = order.map { values[2 * $0] } + order.map { values[2 * $0 + 1] }
    let source = name(data, form)
    let name = define(output, form)
    add("Pad", [source, self.list(pads, called: name + "/pads")], name)
  }
}
