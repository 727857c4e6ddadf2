/// Size of a structure that TFLM keeps in the arena.
///
/// Sizes are those that arm-none-eabi-g++ 12 gives for `sizeof` and `alignof` in pico-tflmicro
/// (commit dfea53b) with the project's own definitions (TF_LITE_STATIC_MEMORY, CMSIS_NN, ARDUINO) for
/// a Cortex-M33.
struct TFLMStructure: Sendable, Equatable {
  /// Its C++ name.
  let name: String
  /// One element.
  let bytes: Int
  /// Multiple of bytes at which one may stand.
  let alignment: Int

  init(_ name: String, _ bytes: Int, alignment: Int = 4) {
    self.name = name
    self.bytes = bytes
    self.alignment = alignment
  }
}

/// What TFLM itself needs (tensorflow/lite/micro).
extension TFLMStructure {
  static let singleArenaBufferAllocator = Self("SingleArenaBufferAllocator", 36)
  static let recordingArenaBufferAllocator = Self("RecordingSingleArenaBufferAllocator", 52)
  static let greedyMemoryPlanner = Self("GreedyMemoryPlanner", 44)
  static let microAllocator = Self("MicroAllocator", 36)
  static let recordingMicroAllocator = Self("RecordingMicroAllocator", 124)
  static let microBuiltinDataAllocator = Self("MicroBuiltinDataAllocator", 8)
  static let subgraphAllocations = Self("SubgraphAllocations", 8)
  static let evalTensor = Self("TfLiteEvalTensor", 12)
  static let nodeAndRegistration = Self("NodeAndRegistration", 32)
  static let tensor = Self("TfLiteTensor", 32)
  static let affineQuantization = Self("TfLiteAffineQuantization", 12)
  static let scratchBufferHandle = Self("ScratchBufferHandle", 4)
  static let scratchBufferRequest = Self("ScratchBufferRequest", 12)
  static let allocationInfo = Self("AllocationInfo", 24)
  static let pointer = Self("pointer", 4)
  /// GreedyMemoryPlanner::per_buffer_size(): BufferRequirements, ListEntry and three int.
  static let plannedBuffer = Self("planned buffer", 16 + 12 + 3 * 4)
  /// TfLiteIntArray: a count and `count` elements.
  static func intArray(_ count: Int) -> Int { 4 + 4 * count }
}

/// Options of operators as they are unpacked (tensorflow/lite/core/c/builtin_op_data.h).
extension TFLMStructure {
  static let convParams = Self("TfLiteConvParams", 28)
  static let depthwiseConvParams = Self("TfLiteDepthwiseConvParams", 28)
  static let fullyConnectedParams = Self("TfLiteFullyConnectedParams", 5, alignment: 1)
  static let poolParams = Self("TfLitePoolParams", 40)
  static let softmaxParams = Self("TfLiteSoftmaxParams", 4)
  static let reshapeParams = Self("TfLiteReshapeParams", 36)
  static let addParams = Self("TfLiteAddParams", 2, alignment: 1)
  static let subParams = Self("TfLiteSubParams", 2, alignment: 1)
  static let mulParams = Self("TfLiteMulParams", 1, alignment: 1)
  static let reducerParams = Self("TfLiteReducerParams", 1, alignment: 1)
  static let concatenationParams = Self("TfLiteConcatenationParams", 8)
}

/// What kernels keep of an operator (tensorflow/lite/micro/kernels, cmsis_nn where there is one). The
/// context hands out all of them at multiples of 16.
extension TFLMStructure {
  static let convOpData = Self("OpData of CONV_2D", 60)
  static let depthwiseConvOpData = Self("OpData of DEPTHWISE_CONV_2D", 60)
  static let fullyConnectedOpData = Self("OpData of FULLY_CONNECTED", 72)
  static let poolingOpData = Self("OpData of pooling", 36)
  static let softmaxOpData = Self("CMSISNNSoftmaxParams", 64)
  static let addOpData = Self("OpData of ADD", 60)
  static let subOpData = Self("OpDataSub", 52)
  static let mulOpData = Self("OpDataMul", 36)
  static let reluOpData = Self("ReluOpData", 28)
  static let relu6OpData = Self("Relu6OpData", 8)
  static let tanhOpData = Self("OpData of TANH", 16)
  static let logisticOpData = Self("OpDataLogistic", 16)
  static let padOpData = Self("OpData of PAD", 56)
  static let quantizeOpData = Self("OpDataQuantizeReference", 32)
  static let dequantizeOpData = Self("DequantizeOpData", 32)
  static let reduceOpData = Self("OpDataReduce", 40)
  static let concatenationOpData = Self("OpData of CONCATENATION", 24)
}
