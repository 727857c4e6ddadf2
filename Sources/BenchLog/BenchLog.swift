// The BenchLog room.
