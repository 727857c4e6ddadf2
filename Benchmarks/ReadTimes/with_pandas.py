"""Count, sum and mean of ticks by operator, by pandas: with_pandas.py DIALECT LOG."""

import csv
import sys

import pandas as pd

dialect, log = sys.argv[1:]


def scan(separator, names, wanted):
    # Shorter lines are filled up, longer ones left out: no line that counts has more words.
    return pd.read_csv(
        log,
        sep=separator,
        header=None,
        names=names.split(),
        usecols=wanted.split(),
        quoting=csv.QUOTE_NONE,
        dtype=str,
        on_bad_lines="skip",
    )


if dialect == "sealed":
    rows = scan(" ", "format number record run i name ticks access miss checksum", "record name ticks")
    rows = rows[rows["record"] == "opt"]
    rows = pd.DataFrame({"name": rows["name"].str[3:], "ticks": rows["ticks"].str[5:].astype("int64")})
elif dialect == "mlperf":
    text = scan(" ", "clock source text more and_more rest", "text")["text"]
    text = text[text.str.startswith(("m-lap-us-", "m-infer-start-"), na=False)]
    at = pd.to_numeric(text.str.removeprefix("m-lap-us-"), errors="coerce")
    start = text.shift(2)
    is_window = start.str.startswith("m-infer-start-", na=False) & at.notna() & at.shift(1).notna()
    ticks = ((at - at.shift(1)) % 2**32)[is_window].astype("int64")
    rows = pd.DataFrame({"name": start[is_window].str.removeprefix("m-infer-start-"), "ticks": ticks})
elif dialect == "st":
    rows = scan(r"\s+", "index name id ms percent sign", "name ms sign")
    rows = rows[rows["sign"] == "%"]
    rows = pd.DataFrame({"name": rows["name"], "ticks": (rows["ms"].astype(float) * 1000).round().astype("int64")})
else:
    # As many names as the first line has words.
    words = "name took ticks word milliseconds unit"
    rows = scan(" ", words + " last" if dialect == "profiler" else words, "name took ticks")
    rows = rows[rows["took"] == "took"]
    rows = pd.DataFrame({"name": rows["name"], "ticks": rows["ticks"].astype("int64")})
for row in rows.groupby("name")["ticks"].agg(["count", "sum", "mean"]).itertuples():
    print(*row, sep="\t")
