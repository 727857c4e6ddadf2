"""Draws a stored roofline with matplotlib, to compare its speed with Sources/Plots.

    python3 roofline.py CHART.json OUT.svg [REPETITIONS]

CHART.json is what `analyze redraw FIGURE.svg --format json` prints. With REPETITIONS the drawing is
repeated after a warm-up, and the median in ms is printed.
"""

import json
import statistics
import sys
import time

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

COLOURS = {"flash": "#0072B2", "sram": "#D55E00", "nucleo": "#009E73", "fourth": "#CC79A7"}
MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^", "pentagon": "p",
           "hexagon": "h"}
LABELS = 8


def draw(chart, path):
    unit = chart["throughput"]
    clock = unit.get("perSecond", {}).get("clockHertz")
    scale = 1e6 if clock else 1.0
    limits = chart["limits"]
    low_x, high_x = limits["intensityLow"], limits["intensityHigh"]
    low_y, high_y = limits["throughputLow"] / scale, limits["throughputHigh"] / scale
    size = chart["heading"]["size"]
    figure, axes = plt.subplots(figsize=(size["width"] / 72, size["height"] / 72))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(low_x, high_x)
    axes.set_ylim(low_y, high_y * 2)
    axes.grid(True, which="both", linewidth=0.3, color="#cccccc")
    axes.set_title(chart["heading"]["title"], loc="left", fontweight="bold", fontsize=11)
    axes.set_xlabel("MAC/B (%s)" % chart["byteCounter"], fontsize=9)
    axes.set_ylabel("MMAC/s" if clock else "MAC/cycle", fontsize=9)
    axes.tick_params(labelsize=8)

    roofs, ceilings = chart["memoryRoofs"], chart["ceilings"]
    top = max(ceiling["throughput"] for ceiling in ceilings)
    for roof in roofs:
        end = min(high_x, top / roof["bandwidth"])
        ends = [low_x, end]
        axes.plot(ends, [roof["bandwidth"] * x / scale for x in ends], color="black", linewidth=1,
                  linestyle="-" if roof["isMeasured"] else "--")
        axes.annotate("%s: %.3g MB/s (%s)" % (roof["name"], roof["bandwidth"] / 1e6,
                                              roof["provenance"]),
                      (low_x, roof["bandwidth"] * low_x / scale), rotation=35, fontsize=8,
                      rotation_mode="anchor", xytext=(4, 4), textcoords="offset points")
    widest = max(roof["bandwidth"] for roof in roofs)
    for ceiling in ceilings:
        height = ceiling["throughput"] / scale
        axes.plot([ceiling["throughput"] / widest, high_x], [height, height], color="black",
                  linewidth=1, linestyle="-" if ceiling["isMeasured"] else "--")
        axes.annotate("%s: %.3g (%s)" % (ceiling["name"], height, ceiling["provenance"]),
                      (high_x, height), ha="right", fontsize=8, xytext=(-2, 2),
                      textcoords="offset points")
    for number, ridge in enumerate(chart["ridges"], 1):
        height = ceilings[ridge["ceiling"]]["throughput"]
        x = height / roofs[ridge["memory"]]["bandwidth"]
        axes.plot([x], [height / scale], marker="o", color="black", markersize=4)
        axes.annotate("%d: %.3g MAC/B" % (number, x), (x, height / scale), fontsize=8,
                      xytext=(4, -10), textcoords="offset points")
    if "zone" in chart:
        ridge = chart["zone"]["ridge"]
        x = ceilings[ridge["ceiling"]]["throughput"] / roofs[ridge["memory"]]["bandwidth"]
        axes.axvspan(low_x, x, color="#0072B2", alpha=0.06)
        axes.annotate(chart["zone"]["left"], (low_x, low_y), fontsize=8, xytext=(4, 4),
                      textcoords="offset points")
    if "noOverlap" in chart:
        ridge = chart["noOverlap"]
        compute = ceilings[ridge["ceiling"]]["throughput"]
        bandwidth = roofs[ridge["memory"]]["bandwidth"]
        steps = [low_x * (high_x / low_x) ** (i / 100) for i in range(101)]
        axes.plot(steps, [1 / (1 / compute + 1 / (bandwidth * x)) / scale for x in steps],
                  color="#555555", linewidth=0.8, linestyle=":")

    points = chart["points"]
    for point in points:
        colour = COLOURS.get(chart["series"][point["series"]]["role"], "black")
        x, y = point["intensity"], point["throughput"] / scale
        if "low" in point and "high" in point:
            axes.errorbar([x], [y], yerr=[[max(0, y - point["low"] / scale)],
                                          [max(0, point["high"] / scale - y)]],
                          color=colour, linewidth=1, capsize=2)
        axes.plot([x], [y], marker=MARKERS[point["shape"]], color=colour, markersize=7,
                  markerfacecolor=colour if point["isFilled"] else "white",
                  alpha=0.6 if point["isPredicted"] else 1)
        if "otherIntensity" in point:
            axes.plot([x, point["otherIntensity"]], [y, y], color=colour, linewidth=0.6,
                      marker=".", markersize=3)
    for point in sorted(points, key=lambda p: -p["priority"])[:LABELS]:
        axes.annotate(point["label"], (point["intensity"], point["throughput"] / scale),
                      fontsize=8, xytext=(8, 6), textcoords="offset points")
    for move in chart["moves"]:
        start, end = points[move["from"]], points[move["to"]]
        axes.annotate(move["label"], (end["intensity"], end["throughput"] / scale),
                      xytext=(start["intensity"], start["throughput"] / scale), fontsize=8,
                      arrowprops={"arrowstyle": "->", "linewidth": 0.8})

    for series in chart["series"]:
        axes.plot([], [], marker="o", linestyle="", color=COLOURS.get(series["role"], "black"),
                  label=series["name"])
    axes.plot([], [], marker="o", linestyle="", color="black", label=chart["filledName"])
    axes.plot([], [], marker="o", linestyle="", color="black", markerfacecolor="white",
              label=chart["hollowName"])
    axes.legend(loc="lower right", fontsize=8)
    if clock:
        second = axes.secondary_yaxis(
            "right", functions=(lambda y: y * scale / clock, lambda y: y * clock / scale))
        second.set_ylabel("MAC/cycle", fontsize=9)
        second.tick_params(labelsize=8)
    figure.text(0.01, 0.01, chart["heading"]["caption"], fontsize=8, wrap=True)
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        chart = json.load(file)["chart"]
    draw(chart, sys.argv[2])
    repetitions = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    if repetitions:
        for _ in range(4):
            draw(chart, sys.argv[2])
        times = []
        for _ in range(repetitions):
            start = time.perf_counter()
            draw(chart, sys.argv[2])
            times.append((time.perf_counter() - start) * 1e3)
        print("%.1f" % statistics.median(times))


if __name__ == "__main__":
    main()
