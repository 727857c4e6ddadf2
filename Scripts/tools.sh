# To be read by a script in the folder of the package: . Scripts/tools.sh
#
# Tools are asked for here and nowhere else, so that none is used which Scripts/dependencies does not name. NAME is a
# command or COMMAND:PART as in that list. A check without its tool is skipped, and says so.
# Tests/Support/Tools.swift does the same for tests. PICO2_BENCHMARK_TOOLS is
#
#   optional  as said
#   required  it fails instead; `make test` sets this once it has installed them
#   none      it is skipped even where the tool is there, but for what the build needs; `make check` sets this

asker=$(basename "$0")

# tool_packages NAME: "GROUP PACKAGE" for each line of the list that names the tool.
tool_packages() {
  awk -v tool="$1" '!/^#/ { for (i = 3; i <= NF; ++i) if ($i == tool) print $1, $2 }' Scripts/dependencies
}

# has_tool NAME: whether it is on this machine.
has_tool() {
  command=${1%%:*}
  command -v "$command" >/dev/null || return 1
  case $1 in
    python3:*) "$command" -c "import ${1#*:}" >/dev/null 2>&1 ;;
    *++:*) echo "#include <${1#*:}>" | "$command" -E -xc++ - >/dev/null 2>&1 ;;
    *:*) echo "#include <${1#*:}>" | "$command" -E -xc - >/dev/null 2>&1 ;;
  esac
}

# need_tools NAME...: ends the script where one is not there.
need_tools() {
  for tool in "$@"; do
    found=$(tool_packages "$tool")
    if [ -z "$found" ]; then
      printf '%s: error: %s is used here, but Scripts/dependencies does not name it\n  %s\n' "$asker" "$tool" \
        'Add the package that it is in to that list.' >&2
      exit 1
    fi
    has_tool "$tool" || {
      group=$(echo "$found" | sed -n '1s/ .*//p')
      printf '%s: error: there is no %s\n  Install %s (Scripts/install-dependencies %s does).\n' "$asker" "$tool" \
        "$(echo "$found" | sed 's/.* //' | LC_ALL=C sort -u | tr '\n' ' ' | sed 's/ $//;s/ / and /g')" "$group" >&2
      exit 1
    }
  done
}

# skip REASON: ends a check that cannot be made on this machine.
skip() {
  if [ "${PICO2_BENCHMARK_TOOLS:-}" = required ]; then
    printf '%s: error: %s\n  %s\n' "$asker" "$1" \
      'No check is skipped here (PICO2_BENCHMARK_TOOLS=required); PICO2_BENCHMARK_TOOLS=optional skips it.' >&2
    exit 1
  fi
  echo "$asker: skipped, $1" >&2
  exit 0
}

# check_needs_tools NAME...: skips the check where a tool that the list names is not there, or is not wanted.
check_needs_tools() {
  for tool in "$@"; do
    found=$(tool_packages "$tool")
    if [ -n "$found" ]; then
      if [ "${PICO2_BENCHMARK_TOOLS:-}" = none ] && ! echo "$found" | grep -q '^build '; then
        skip "it needs $tool, and PICO2_BENCHMARK_TOOLS=none"
      fi
      has_tool "$tool" || skip "there is no $tool (Scripts/install-dependencies test)"
    else
      need_tools "$tool"
    fi
  done
}

# field_of_board BOARD N: field N of a board in data/boards.csv; nothing where there is no such board.
field_of_board() {
  awk -F, -v board="$1" -v field="$2" 'NR > 1 && $1 == board { print $field }' data/boards.csv
}

# boards_with_port: those that the firmware is for.
boards_with_port() {
  awk -F, 'NR > 1 && $3 != "" { print $1 }' data/boards.csv | paste -s -d ' ' -
}

# embedded_swift: sets compiler and target; false where that compiler has no Embedded Swift for the target.
embedded_swift() {
  target=armv7em-none-none-eabi
  compiler=${SWIFTC:-swiftc}
  resources=$("$compiler" -print-target-info | sed -n 's/.*"runtimeResourcePath": *"\(.*\)".*/\1/p' | head -n 1)
  ls "$resources/embedded/Swift.swiftmodule/$target".* >/dev/null 2>&1
}
