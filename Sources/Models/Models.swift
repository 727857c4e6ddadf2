/// Operator graphs of model files. Knows nothing of logs or of time.
public enum Models {}
