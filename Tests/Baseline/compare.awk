# Compares two tables of the baseline: what is committed, and what was measured; see Scripts/baseline.
#
#   awk -f compare.awk [-v update=FOLDER] part=table TABLE part=cases CASES \
#     part=measured MEASURED part=computed COMPUTED
#
# TABLE and MEASURED: kind, name, value. MEASURED also has lines "absent, what, why" for what could not
# be measured here. CASES and COMPUTED: family of cases, place, the last four digits of the CRC-32 of
# each case; CASES has places other than the interpreter only where they differ from it.
#
# Prints rows that moved and a line for each kind; exit status 1 where one moved that must not. With
# update it also writes table and cases into that folder.

BEGIN {
  FS = "\t"
  limit = 2 # Percent, of what callgrind counts.
  most = 60 # Rows of a kind that are printed.
}
$1 ~ /^#/ { next }
part == "table" && $1 == "head" { head[$2] = $3; next }
part == "table" { old[$1 FS $2] = $3; row[++rows] = $1 FS $2; next }
part == "cases" { before[$1 FS $2] = $3; next }
part == "measured" && $1 == "head" { now[$2] = $3; tool_at[++tool_count] = $2; next }
part == "measured" && $1 == "absent" { absent[$2] = $3; next }
part == "measured" {
  new[$1 FS $2] = $3
  if (!($1 FS $2 in old)) row[++rows] = $1 FS $2
  next
}
part == "computed" {
  gsub(/(^| )[0-9a-f][0-9a-f][0-9a-f][0-9a-f]/, " ", $3)
  after[$1 FS $2] = substr($3, 2)
}

# Tools by which a row may differ on another machine.
function tools(kind, name) {
  # Single operators in int8 have the bits of TFLM, whatever compiles them.
  if (kind == "crc" && name ~ /^operator .*_int8 /) return ""
  if (kind == "instructions" || kind == "crc" && name ~ / (dsp|portable|firmware)$/)
    return "swift arm-gcc newlib qemu"
  if (kind == "crc") return "machine swift libc"
  if (kind == "bytes") return "machine swift libc cairo freetype2 fonts gsl zlib"
  if (kind == "callgrind") return "machine swift libc cairo freetype2 fonts gsl zlib valgrind"
  return ""
}

# The first of them that has another version here; empty where none has.
function different(kind, name,   each, count, i) {
  count = split(tools(kind, name), each, " ")
  for (i = 1; i <= count; i++) if (each[i] in other) return each[i]
  return ""
}

# Why a row could not be measured; empty where it could.
function reason(kind, name) {
  if (kind == "callgrind" && "valgrind" in absent) return absent["valgrind"]
  if (kind == "crc" && name ~ / (dsp|portable)$/ && "emulator" in absent) return absent["emulator"]
  if (name ~ /^shared / && "shared" in absent) return absent["shared"]
  return ""
}

function magnitude(number) { return number < 0 ? -number : number }

# A change as text; counts also in percent.
function change(kind, key,   percent) {
  if (!(key in new)) return old[key] " -> gone"
  if (!(key in old)) return "new: " new[key]
  if (kind == "crc" || kind == "bytes" || old[key] == 0) return old[key] " -> " new[key]
  percent = 100 * (new[key] - old[key]) / old[key]
  return sprintf("%s -> %s (%+.2f %%)", old[key], new[key], percent)
}

# Numbers of a family's cases that moved, where they are known.
function cases(name,   words, was, is, count, i, text) {
  split(name, words, " ")
  was = words[2] FS words[3]
  if (!(was in before)) was = words[2] FS "interpreter"
  is = words[2] FS words[3]
  if (words[1] != "operator" || words[3] == "model" || !(was in before) || !(is in after)) return ""
  count = split(after[is], each_after, " ")
  split(before[was], each_before, " ")
  for (i = 1; i <= count; i++) if (each_before[i] != each_after[i]) text = text " " i - 1
  return text == "" ? "" : "; cases" text
}

function show(kind, text) { if (++shown[kind] <= most && !is_first) print text }

END {
  is_first = 1
  for (key in old) is_first = 0
  if (is_first) print "There is no table yet: all rows are new."
  for (i = 1; i <= tool_count; i++) {
    tool = tool_at[i]
    # What is not installed is said with the rows that need it.
    if (now[tool] == "none" || !(tool in head)) continue
    if (head[tool] != now[tool]) {
      other[tool] = 1
      others++
      printf "head: %s is %s here and %s in the table\n", tool, now[tool], head[tool]
    }
  }
  if (others) print "  Rows that depend on this are shown where they moved, and do not fail."

  for (i = 1; i <= rows; i++) {
    key = row[i]
    split(key, part_of, FS)
    kind = part_of[1]
    name = part_of[2]
    if (!(key in new) && (why = reason(kind, name)) != "") {
      skipped[kind, why]++
      if (!(why in seen)) why_at[++whys] = why
      seen[why] = 1
      kept[key] = 1
      continue
    }
    total[kind]++
    if (kind == "lines") {
      if (key in old) lines -= old[key]
      if (key in new) { lines += new[key]; all_lines += new[key] }
    }
    if (key in old && key in new && old[key] == new[key]) continue
    if (kind == "callgrind" && key in old && key in new && old[key] > 0) {
      percent = 100 * (new[key] - old[key]) / old[key]
      if (magnitude(percent) > magnitude(largest)) largest = percent
      # A row within the limit keeps its value, so that small steps cannot add up unseen.
      if (magnitude(percent) <= limit) { kept[key] = 1; continue }
    }
    tool = different(kind, name)
    if (kind == "lines") show(kind, "lines: " name ": " change(kind, key))
    else if (tool != "" && key in new) {
      excused[kind]++
      show(kind, kind ": " name ": " change(kind, key) " (another version of " tool ")")
    } else {
      moved[kind]++
      failures++
      show(kind, kind ": " name ": " change(kind, key) cases(name))
    }
  }

  count = split("crc instructions bytes callgrind lines", kinds, " ")
  for (i = 1; i <= count; i++) {
    kind = kinds[i]
    if (shown[kind] > most && !is_first) printf "%s: ... and %d more rows\n", kind, shown[kind] - most
    text = sprintf("%d rows, %s moved", total[kind], moved[kind] ? moved[kind] : "none")
    if (kind == "lines") text = sprintf("%d of Swift, %+d", all_lines, lines)
    if (kind == "callgrind" && total[kind])
      text = text sprintf(" by more than %d %%, the most is %+.2f %%", limit, largest)
    if (excused[kind]) text = text sprintf("; %d moved with another version of a tool", excused[kind])
    if (!total[kind]) text = "no rows"
    for (j = 1; j <= whys; j++) if (skipped[kind, why_at[j]])
      text = text sprintf("; %d not compared, %s", skipped[kind, why_at[j]], why_at[j])
    print kind ": " text
  }
  if (update == "") exit (failures > 0)

  for (key in kept) {
    split(key, part_of, FS)
    if (!(key in new) && different(part_of[1], part_of[2]) != "") stale++
  }
  if (stale) {
    printf "error: %d rows could not be measured, and tools they depend on are others than in the table\n", stale
    print "  Measure everything on this machine (what is missing is said above), then update."
    exit 1
  }
  table = update "/baseline.tsv"
  for (i = 1; i <= tool_count; i++) {
    tool = tool_at[i]
    print "head" FS tool FS (now[tool] == "none" && tool in head ? head[tool] : now[tool]) >table
  }
  for (i = 1; i <= rows; i++) {
    key = row[i]
    if (key in kept) print key FS old[key] >table
    else if (key in new) print key FS new[key] >table
  }
  # Places that were not measured keep what they had, by themselves or as the interpreter had it.
  for (key in after) {
    split(key, part_of, FS)
    families[part_of[1]] = 1
  }
  count = split("interpreter engine dsp portable", places, " ")
  for (name in families) {
    for (i = 1; i <= count; i++) {
      key = name FS places[i]
      if (key in after) value = after[key]
      else value = key in before ? before[key] : before[name FS "interpreter"]
      if (i == 1 || value != "" && value != after[name FS "interpreter"])
        print key FS value >(update "/cases.tsv")
    }
  }
}
