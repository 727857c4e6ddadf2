/// Reads Keras .h5 files and SavedModel folders.
public enum KerasRoom {}
