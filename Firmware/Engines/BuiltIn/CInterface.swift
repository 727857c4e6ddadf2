import FirmwareInterface

// The functions of `builtin_engine`, as builtin_engine.c names them.

/// `engine.weights`.
@_cdecl("builtin_engine_weights")
func builtInWeights(_ model: UnsafePointer<firmware_model>) -> engine_bytes {
  BuiltInEngine.weights(model.pointee)
}

/// `engine.open`.
@_cdecl("builtin_engine_open")
func builtInOpen(
  _ model: UnsafePointer<firmware_model>, _ memory: UnsafePointer<engine_memory>,
  _ arenaBytes: UnsafeMutablePointer<UInt32>
) -> engine_status {
  BuiltInEngine.open(model.pointee, memory.pointee, arenaBytes)
}

/// `engine.input`.
@_cdecl("builtin_engine_input")
func builtInInput() -> engine_bytes { BuiltInEngine.input() }

/// `engine.output`.
@_cdecl("builtin_engine_output")
func builtInOutput() -> engine_bytes { BuiltInEngine.output() }

/// `engine.invoke`.
@_cdecl("builtin_engine_invoke")
func builtInInvoke() -> engine_status { BuiltInEngine.invoke() }
