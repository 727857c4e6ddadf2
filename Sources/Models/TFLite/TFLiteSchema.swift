/// Fields of the TFLite tables this reader uses, in the order of the published schema, version 3c
/// (tensorflow/compiler/mlir/lite/schema/schema.fbs). The raw value is the field's position, which
/// is part of the format; fields behind the last one listed are not read.
enum TFLiteSchema {
  /// File identifier, at byte 4.
  static let identifier: [UInt8] = Array("TFL3".utf8)
  /// The only `Model.version` there is for that identifier.
  static let version: UInt32 = 3

  enum Model: Int, SchemaField {
    case version, operatorCodes, subgraphs, description, buffers
  }

  enum OperatorCode: Int, SchemaField {
    /// `deprecatedBuiltinCode` is one byte, `builtinCode` came when 127 codes no longer sufficed.
    case deprecatedBuiltinCode, customCode, version, builtinCode
  }

  enum SubGraph: Int, SchemaField {
    case tensors, inputs, outputs, operators, name
  }

  enum Tensor: Int, SchemaField {
    case shape, type, buffer, name, quantization, isVariable, sparsity, shapeSignature
  }

  enum QuantizationParameters: Int, SchemaField {
    case min, max, scale, zeroPoint, detailsType, details, quantizedDimension
  }

  enum Buffer: Int, SchemaField {
    /// `offset` and `size` point behind the FlatBuffer, in models above 2 GB.
    case data, offset, size
  }

  enum Operator: Int, SchemaField {
    case opcodeIndex, inputs, outputs, builtinOptionsType, builtinOptions, customOptions
    case customOptionsFormat, mutatingVariableInputs, intermediates
    case largeCustomOptionsOffset, largeCustomOptionsSize
  }
}

/// Members of the union BuiltinOptions that are read, by their number in it (0 is NONE).
enum TFLiteOptionsType: UInt8 {
  case conv2D = 1
  case depthwiseConv2D = 2
  case pool2D = 5
  case fullyConnected = 8
  case softmax = 9
  case concatenation = 10
  case add = 11
  case l2Norm = 12
  case reshape = 17
  case mul = 21
  case reducer = 27
  case sub = 28
  case div = 29
  case transposeConv = 49
}

extension TFLiteSchema {
  enum Conv2DOptions: Int, SchemaField {
    case padding, strideW, strideH, fusedActivation, dilationW, dilationH
  }

  enum DepthwiseConv2DOptions: Int, SchemaField {
    case padding, strideW, strideH, depthMultiplier, fusedActivation, dilationW, dilationH
  }

  enum TransposeConvOptions: Int, SchemaField {
    case padding, strideW, strideH, fusedActivation
  }

  enum Pool2DOptions: Int, SchemaField {
    case padding, strideW, strideH, filterWidth, filterHeight, fusedActivation
  }

  enum FullyConnectedOptions: Int, SchemaField {
    case fusedActivation, weightsFormat, keepNumDims
  }

  enum SoftmaxOptions: Int, SchemaField {
    case beta
  }

  enum ConcatenationOptions: Int, SchemaField {
    case axis, fusedActivation
  }

  enum ReshapeOptions: Int, SchemaField {
    case newShape
  }

  enum ReducerOptions: Int, SchemaField {
    case keepDims
  }

  /// ADD, SUB, MUL, DIV and L2_NORMALIZATION: their first field is the activation.
  enum ActivationOptions: Int, SchemaField {
    case fusedActivation
  }
}
