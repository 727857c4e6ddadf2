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
    uses[$2] = $7
    scratch[$2] = $8
  }
  next
}
NF == 5 && $3 == "invoke" {
  tflm[$1, $2] = $5
  next
}
NF == 5 && $4 != "RESHAPE" {
  place = places[$1, $2]++
  tflm[$1 place, $2] = $5
  next
}
END {
  row = "%-5s %2s %-17s %8s  %8s %8s %8s  %8s %8s %8s\n"
  printf row, "", "", "", "", "int8", "int8", "int8", "fp32", "fp32", "int8"
  printf row, "", "", "operator", "MAC", "DSP", "TFLM", "no DSP", "", "TFLM", "scratch"
  for (i = 1; i <= count; i++) {
    name = names[i]
    printf row, name, (uses[name] > 1 ? "x" uses[name] : ""), kind[name], macs[name],
      per(int8[name]), per(tflm[name, "int8"]), per(plain[name]), per(fp32[name]),
      per(tflm[name, "fp32"]), scratch[name]
    model = name
    sub(/[0-9]+$/, "", model)
    if (!(model in total)) models[++most] = model
    total[model] += uses[name] * macs[name]
    sum8[model] += uses[name] * int8[name]
    sumPlain[model] += uses[name] * plain[name]
    sum32[model] += uses[name] * fp32[name]
  }
  print ""
  for (i = 1; i <= most; i++) {
    model = models[i]
    name = model
    macs[name] = total[model]
    printf row, model, "", "all", total[model], per(sum8[model]), per(tflm[model, "int8"]),
      per(sumPlain[model]), per(sum32[model]), per(tflm[model, "fp32"]), ""
  }
  print "Instructions per MAC (without MAC: all), emulated (QEMU; instructions are no cycles). TFLM:"
  print "pico-tflmicro with CMSIS-NN, -O3, a whole operator's or model's invocation; \"-\" where it was"
  print "not counted. Scratch memory in bytes."
}

function per(instructions) {
  if (instructions == "") return "-"
  return macs[name] ? sprintf("%.3f", instructions / macs[name]) : instructions
}
