# A table of instructions per MAC. Files: TFLM's counts (model, dtype, op, kind, instructions) or
# nothing, then the counts with DSP and without.
$1 == "count" {
  if ($2 in int8) plain[$2] = $5
  else {
    names[++count] = $2
    kind[$2] = $3
    macs[$2] = $4
    int8[$2] = $5
    fp32[$2] = $6
  }
  next
}
NF == 5 { tflm[$1 $3, $2] = $5 }
END {
  row = "%-5s %-17s %9s  %9s %9s %9s  %9s %9s\n"
  printf row, "", "", "", "int8", "int8", "int8", "fp32", "fp32"
  printf row, "", "operator", "MAC", "DSP", "TFLM", "no DSP", "", "TFLM"
  for (i = 1; i <= count; i++) {
    name = names[i]
    printf row, name, kind[name], macs[name], per(int8[name]), per(tflm[name, "int8"]),
      per(plain[name]), per(fp32[name]), per(tflm[name, "fp32"])
  }
  print "Instructions per MAC, emulated (QEMU; instructions are no cycles). TFLM: pico-tflmicro with"
  print "CMSIS-NN, -O3, a whole operator's invocation; \"-\" where it was not counted."
}

function per(instructions) {
  return instructions == "" ? "-" : sprintf("%.3f", instructions / macs[name])
}
