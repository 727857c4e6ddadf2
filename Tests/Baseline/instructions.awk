# Counts of an emulated log, as rows of the baseline: awk -v file=NAME -f instructions.awk FILE

function value(key,   start) {
  if (!match($0, " " key "=[^ ]*")) return ""
  start = RSTART + length(key) + 2
  return substr($0, start, RLENGTH - length(key) - 2)
}
function show(kind, name, number) { printf "%s\t%s\t%s\n", kind, name, number }

$1 !~ /^pb[0-9]+$/ { next }
$3 == "model" { model[value("id")] = value("name") " " value("dtype") }
$3 == "run" { of[value("id")] = model[value("model")] }
$3 == "op" { kind[value("run"), value("index")] = value("kind") }
$3 == "bench" { show("instructions", file " bench " value("name"), value("time")) }
$3 == "sum" {
  run = value("run")
  index_of = value("op")
  if (index_of == "") name = "inference"
  else name = sprintf("%02d %s", index_of, kind[run, index_of])
  least = value("min")
  # All inferences count the same; a log where they do not shows both ends.
  show("instructions", file " " of[run] " " name, least == value("max") ? least : least "-" value("max"))
}
$3 == "out" { show("crc", "run " file " " of[value("run")] " firmware", value("crc32")) }
