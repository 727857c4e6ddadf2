import MemoryModel
import Testing
