# Compares what the check printed on the host (first file) and on the core (second file). Lines:
# kind, family, case, result. Names each family that differs, with the first cases that do.
FNR == 1 { file++ }
$1 == "end" { next }
$1 == "touched" {
  place = file == 1 ? ", on the host" : ""
  report($2, "changes memory outside its output and scratch, case " $3 place)
  next
}
file == 1 {
  expected[$1, $2, $3] = $4
  lines++
  next
}
{
  compared++
  if (!($2 in last)) families++
  if (!(($1, $2, $3) in expected)) report($2, "case " $3 " is not on the host")
  else if ($1 == "crc" && expected[$1, $2, $3] != $4)
    report($2, "cases " (last[$2] + 1) " to " $3 ": CRC-32 " $4 ", on the host " \
      expected[$1, $2, $3])
  else if ($1 == "near") {
    far = $4 - expected[$1, $2, $3]
    if (far < 0) far = -far
    if (far > 1000)
      report($2, "element " $3 ": " $4 / 1e9 ", on the host " expected[$1, $2, $3] / 1e9)
  }
  last[$2] = $3
}
END {
  if (compared != lines && !failures)
    report("all", compared + 0 " results, on the host " lines + 0)
  if (failures || !compared) exit 1
  print "check-kernels: " title ": " families " families give the host's results"
}

function report(family, text) {
  if (family in reported) return
  reported[family] = 1
  failures++
  print "check-kernels: " title ": " family ": " text > "/dev/stderr"
}
