import Foundation
import SwiftProtobuf
import TestSupport

@testable import ModelFormats

/// Writes a small model as a SavedModel folder.
struct SavedModelFixture {
  var fixture: KerasFixture
  /// Metadata stand in keras_metadata.pb, as since TensorFlow 2.5.
  var isSeparate = false
  var shards = 1
  /// Changes what is written, for damaged folders.
  var change: (inout Parts) -> Void = { _ in }

  struct Parts {
    var model = Pico2Benchmark_SavedModel_SavedModel()
    var metadata = Pico2Benchmark_SavedModel_KerasMetadata()
    var header = Pico2Benchmark_SavedModel_BundleHeader()
    var entries: [String: Pico2Benchmark_SavedModel_BundleEntry] = [:]
    var data: [[UInt8]]
    var compression: UInt8 = 0
  }

  init(_ fixture: KerasFixture) { self.fixture = fixture }

  /// By path in the folder.
  func files() throws -> [String: [UInt8]] {
    var parts = Parts(data: Array(repeating: [], count: shards))
    parts.header.numShards = Int32(shards)
    var saved = Pico2Benchmark_SavedModel_SavedObjectGraph()
    var tracked = Pico2Benchmark_SavedModel_TrackableObjectGraph()
    saved.nodes = [object("_tf_keras_network", fixture.config)]
    tracked.nodes = [Pico2Benchmark_SavedModel_TrackableObjectGraph.Object()]
    for (place, layer) in fixture.layers.enumerated() {
      let edge = Pico2Benchmark_SavedModel_ObjectReference.with {
        $0.nodeID = Int32(saved.nodes.count)
        $0.localName = "layer-\(place + 1)"
      }
      saved.nodes[0].children.append(edge)
      saved.nodes.append(
        object(
          "_tf_keras_layer", #"{"name": "\#(layer.name)", "class_name": "\#(layer.className)"}"#))
      let trackedEdge = Pico2Benchmark_SavedModel_ObjectReference.with {
        $0.nodeID = Int32(tracked.nodes.count)
        $0.localName = edge.localName
      }
      tracked.nodes[0].children.append(trackedEdge)
      let owner = tracked.nodes.count
      tracked.nodes.append(Pico2Benchmark_SavedModel_TrackableObjectGraph.Object())
      for weight in layer.weights {
        let key = "layer-\(place + 1)/\(weight.role)/.ATTRIBUTES/VARIABLE_VALUE"
        tracked.nodes[owner].children.append(
          .with {
            $0.nodeID = Int32(tracked.nodes.count)
            $0.localName = weight.role
          })
        tracked.nodes.append(
          .with {
            $0.attributes = [
              .with {
                $0.name = "VARIABLE_VALUE"
                $0.checkpointKey = key
              }
            ]
          })
        add(littleEndian(weight.values), weight.shape, key, place % shards, to: &parts)
      }
    }
    addText(try encoded(tracked), to: &parts)
    if isSeparate {
      for (index, node) in saved.nodes.enumerated() {
        parts.metadata.nodes.append(
          .with {
            $0.nodeID = Int32(index)
            $0.metadata = node.userObject.metadata
          })
        saved.nodes[index].userObject.metadata = ""
      }
    }
    parts.model.metaGraphs = [.with { $0.objectGraphDef = saved }]
    change(&parts)
    return try serialized(parts)
  }

  private func serialized(_ parts: Parts) throws -> [String: [UInt8]] {
    var values = ["": try encoded(parts.header)]
    for (key, entry) in parts.entries { values[key] = try encoded(entry) }
    var result = [
      "saved_model.pb": try encoded(parts.model),
      "variables/variables.index": LevelDBWriter.table(values, compression: parts.compression),
    ]
    for (shard, data) in parts.data.enumerated() {
      let name = "variables/variables.data-0000\(shard)-of-0000\(parts.data.count)"
      result[name] = data
    }
    if isSeparate { result["keras_metadata.pb"] = try encoded(parts.metadata) }
    return result
  }

  private func encoded(_ message: some Message) throws -> [UInt8] {
    try message.serializedBytes()
  }

  /// Writes all files below a folder.
  static func write(_ files: [String: [UInt8]], to folder: URL) throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("variables"), withIntermediateDirectories: true)
    for (name, bytes) in files {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
  }

  private func object(
    _ identifier: String, _ metadata: String
  ) -> Pico2Benchmark_SavedModel_SavedObject {
    .with {
      $0.userObject = .with {
        $0.identifier = identifier
        $0.metadata = metadata
      }
    }
  }

  private func add(
    _ bytes: [UInt8], _ shape: [Int], _ key: String, _ shard: Int, to parts: inout Parts
  ) {
    parts.entries[key] = .with {
      $0.dtype = 1
      $0.shape.dim = shape.map { size in .with { $0.size = Int64(size) } }
      $0.shardID = Int32(shard)
      $0.offset = Int64(parts.data[shard].count)
      $0.size = Int64(bytes.count)
      $0.crc32C = CRC32C.masked(CRC32C.of(bytes[...]))
    }
    parts.data[shard] += bytes
  }

  private func addText(_ text: [UInt8], to parts: inout Parts) {
    let length = LevelDBWriter.fixed(text.count, 4)
    let sum = LevelDBWriter.fixed(CRC32C.masked(CRC32C.of(length[...])), 4)
    let bytes = LevelDBWriter.varint(text.count) + sum + text
    parts.entries["_CHECKPOINTABLE_OBJECT_GRAPH"] = .with {
      $0.dtype = 7
      $0.offset = Int64(parts.data[0].count)
      $0.size = Int64(bytes.count)
      $0.crc32C = CRC32C.masked(CRC32C.of(length[...], sum[...], text[...]))
    }
    parts.data[0] += bytes
  }
}
