// Made by Scripts/embed from DefaultReport.md; change that.
// swift-format-ignore-file

/// The notebook that `analyze LOG...` runs.
let defaultReport = ####"""
# RP2350 neural network performance

This report was made from the logs named below. Every number in it is computed from them and from published reference results; missing numbers say why they are missing.

## In short

```analyze
summary
```

## Findings

```analyze
findings
```

## Speedup, normalised by clock

How many times as long the measured board takes as the reference, first as the clocks were, then per cycle. A row is like for like only when both sides ran the same model in the same dtype and were timed in the same way.

```analyze
speedup
```

## Why it takes that long

Where the cycles of each run go, by a model with two fitted numbers, and what would change if dtype, placement or flash were others.

```analyze
explain
```

## Under the roof

How far each model stays below what arithmetic and memory of its board allow. Left of a ridge bandwidth limits, right of it arithmetic.

```analyze
roofline
```

## Where weights outgrow the cache

Cycles per MAC against the bytes of weights of one layer: where a convolution turns from compute-bound to bandwidth-bound, and why a fully connected layer that is streamed from flash is. A model that fits the cache whole is not streamed.

```analyze
crossover
```

## Where the gap comes from

```analyze
attribute
```

## Flash against SRAM

```analyze
placement
```

## int8 against fp32

```analyze
operators --brief
instructions --brief
```

## What was read

```analyze
runs --brief
```

## What was assumed

```analyze
assumptions
```

## What to do next

```analyze
next
```

## Sources

```analyze
sources
```

"""####
