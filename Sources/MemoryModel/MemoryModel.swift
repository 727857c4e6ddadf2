/// From shapes and loop orders to line fills: the cache in front of flash, simulated. Knows nothing of
/// logs, models' files or time.
public enum MemoryModel {}
