import ModelFormats
import Testing

/// One rule for the names of models, of the commands `analyze` and `modelgen`.
struct ModelFileNameTests {
  @Test(arguments: [
    // Folders, endings in any case, dots within a name.
    ("a/b/kws.tflite", "kws", "kws", nil), ("kws.TFLITE", "kws", "kws", nil),
    ("x.onnx", "x", "x", nil), ("a.b.h5", "a.b", "a.b", nil), ("net.hdf5", "net", "net", nil),
    ("net.keras", "net", "net", nil), ("net.lite", "net", "net", nil),
    ("net.onnx.tflite", "net", "net", nil),
    // A SavedModel is a folder; its version is no ending, nor is that of another kind of file.
    ("dir/saved/", "saved", "saved", nil), ("dir/v1.2", "v1.2", "v1.2", nil),
    ("kws.bin", "kws.bin", "kws.bin", nil),
    // Words for the dtype, behind "_" or "-", the last one counts.
    ("m/KWS_int8.tflite", "KWS_int8", "KWS", "int8"),
    ("kws_fp32.tflite", "kws_fp32", "kws", "fp32"), ("kws-INT8.onnx", "kws-INT8", "kws", "int8"),
    ("vww_96_float.tflite", "vww_96_float", "vww_96", "fp32"),
    ("My-Net-f32.tflite", "My-Net-f32", "My-Net", "fp32"),
    ("net_float32.h5", "net_float32", "net", "fp32"),
    ("net_fp32_int8.tflite", "net_fp32_int8", "net", "int8"),
    ("net_quant.tflite", "net_quant", "net_quant", nil),
    ("saved_int8/", "saved_int8", "saved", "int8"),
    ("int8_net.tflite", "int8_net", "int8_net", nil), ("netint8.tflite", "netint8", "netint8", nil),
    // Something always remains, of hidden files too.
    ("int8.tflite", "int8", "int8", nil), ("_int8.tflite", "_int8", "_int8", nil),
    (".onnx", ".onnx", ".onnx", nil), (".kws.tflite", ".kws", ".kws", nil),
    ("_.tflite", "_", "_", nil), ("", "model", "model", nil), ("/", "model", "model", nil),
  ])
  func tellsNameAndDtype(path: String, base: String, stem: String, dtype: String?) {
    let name = ModelFileName(path)
    #expect(name.base == base)
    #expect(name.stem == stem)
    #expect(name.dtype?.description == dtype)
  }
}
