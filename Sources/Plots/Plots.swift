/// Figures from plain values, drawn with Cairo. Knows nothing of benchmarks.
public enum Plots {}
