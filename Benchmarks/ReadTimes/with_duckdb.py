"""Count, sum and mean of ticks by operator, by DuckDB: with_duckdb.py DIALECT LOG."""

import sys

import duckdb

dialect, log = sys.argv[1:]


def scan(separator, *names):
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    # Shorter lines are filled up, longer ones left out: no line that counts has more words.
    return (
        f"read_csv('{log}', header = false, auto_detect = false, delim = '{separator}', quote = '', escape = '', "
        f"null_padding = true, strict_mode = false, ignore_errors = true, columns = {{{columns}}})"
    )


if dialect == "sealed":
    words = scan(" ", "format", "number", "record", "run", "i", "name", "ticks", "access", "miss", "checksum")
    rows = f"SELECT substr(name, 4) AS name, substr(ticks, 6)::BIGINT AS ticks FROM {words} WHERE record = 'opt'"
elif dialect == "mlperf":
    rows = f"""
        WITH kept AS (
          SELECT text FROM {scan(" ", "clock", "source", "text", "more", "and_more", "rest")}
          WHERE text LIKE 'm-lap-us-%' OR text LIKE 'm-infer-start-%'
        ), near AS (
          SELECT text, lag(text) OVER () AS before, lag(text, 2) OVER () AS two_before FROM kept
        )
        SELECT substr(two_before, 15) AS name,
          (substr(text, 10)::BIGINT - substr(before, 10)::BIGINT + 4294967296) % 4294967296 AS ticks
        FROM near
        WHERE two_before LIKE 'm-infer-start-%' AND before LIKE 'm-lap-us-%' AND text LIKE 'm-lap-us-%'"""
elif dialect == "st":
    rows = f"""
        SELECT rtrim(substr(line, 8, 19)) AS name, round(ltrim(substr(line, 37, 8))::DOUBLE * 1000)::BIGINT AS ticks
        FROM {scan(chr(1), "line")} WHERE suffix(line, ' %')"""
else:
    words = scan(" ", "name", "took", "ticks", "word", "milliseconds", "unit")
    rows = f"SELECT name, ticks::BIGINT AS ticks FROM {words} WHERE took = 'took'"
answer = duckdb.sql(f"SELECT name, count(*), sum(ticks), avg(ticks) FROM ({rows}) GROUP BY name ORDER BY name")
for row in answer.fetchall():
    print(*row, sep="\t")
