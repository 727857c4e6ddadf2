/// Kinds without weights.
enum ElementwisePreparations {
  static let all: [KindPreparation] = []
}
