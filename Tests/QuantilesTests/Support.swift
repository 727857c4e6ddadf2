/// The quantile of plain values by its definition: linear between neighbours of the sorted list.
func quantile(_ values: [Double], _ probability: Double) -> Double {
  let sorted = values.sorted()
  let position = Double(sorted.count - 1) * probability
  let below = Int(position)
  let upper = sorted[min(below + 1, sorted.count - 1)]
  return sorted[below] + (upper - sorted[below]) * (position - Double(below))
}
