/// Reads and writes ONNX files.
public enum ONNXRoom {}
