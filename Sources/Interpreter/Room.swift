/// Runs graphs on the host with the kernels the firmware uses.
public enum InterpreterRoom {}
