/// Turns fp32 graphs into int8 ones.
public enum QuantizerRoom {}
