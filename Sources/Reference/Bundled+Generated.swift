// Made by Scripts/embed from the files in data/; change those.
// swift-format-ignore-file

/// The files of `data/`, by their path in that folder.
let bundledFiles: [(path: String, text: String)] = [
("arenas.csv", ####"""
model,dtype,arena_bytes,source
ad,int8,3024,planned-arenas
ad,fp32,4848,planned-arenas
ic,int8,55008,planned-arenas
ic,fp32,199024,planned-arenas
kws,int8,22736,planned-arenas
kws,fp32,66176,planned-arenas
sww,int8,16608,planned-arenas
sww,fp32,28384,planned-arenas
vww,int8,100720,planned-arenas
vww,fp32,299872,planned-arenas

"""####),
("build-factors.csv", ####"""
flags,model,dtype,factor,source
-Os,ic,fp32,5.9,emulated-os

"""####),
("core-speeds.csv", ####"""
mcu,dtype,low,high,source
stm32u575,int8,1.2,6,cycles-per-mac
stm32u575,fp32,5,16,cycles-per-mac
rp2350,int8,1.2,6,cycles-per-mac
rp2350,fp32,5,16,cycles-per-mac
r7fa6m4,int8,1.2,6,cycles-per-mac
r7fa6m4,fp32,5,16,cycles-per-mac
efr32mg24,int8,1.2,6,cycles-per-mac
efr32mg24,fp32,5,16,cycles-per-mac

"""####),
("instructions.csv", ####"""
model,dtype,index,kind,instructions,source
ad,fp32,0,FULLY_CONNECTED,412736,emulated-instructions
ad,fp32,1,FULLY_CONNECTED,85056,emulated-instructions
ad,fp32,2,FULLY_CONNECTED,85056,emulated-instructions
ad,fp32,3,FULLY_CONNECTED,85056,emulated-instructions
ad,fp32,4,FULLY_CONNECTED,5736,emulated-instructions
ad,fp32,5,FULLY_CONNECTED,8256,emulated-instructions
ad,fp32,6,FULLY_CONNECTED,85056,emulated-instructions
ad,fp32,7,FULLY_CONNECTED,85056,emulated-instructions
ad,fp32,8,FULLY_CONNECTED,85056,emulated-instructions
ad,fp32,9,FULLY_CONNECTED,423495,emulated-instructions
ad,fp32,,INVOKE,1361320,emulated-instructions
ic,fp32,0,CONV_2D,8548666,emulated-instructions
ic,fp32,1,CONV_2D,17738106,emulated-instructions
ic,fp32,2,CONV_2D,17738112,emulated-instructions
ic,fp32,3,ADD,213393,emulated-instructions
ic,fp32,4,CONV_2D,8871050,emulated-instructions
ic,fp32,5,CONV_2D,14010960,emulated-instructions
ic,fp32,6,CONV_2D,1472432,emulated-instructions
ic,fp32,7,ADD,106897,emulated-instructions
ic,fp32,8,CONV_2D,7011242,emulated-instructions
ic,fp32,9,CONV_2D,11468592,emulated-instructions
ic,fp32,10,CONV_2D,1062896,emulated-instructions
ic,fp32,11,ADD,53649,emulated-instructions
ic,fp32,12,AVERAGE_POOL_2D,34697,emulated-instructions
ic,fp32,13,FULLY_CONNECTED,3869,emulated-instructions
ic,fp32,14,SOFTMAX,1208,emulated-instructions
ic,fp32,,INVOKE,88336860,emulated-instructions
kws,int8,0,CONV_2D,1106058,emulated-instructions
kws,int8,1,DEPTHWISE_CONV_2D,594404,emulated-instructions
kws,int8,2,CONV_2D,1065184,emulated-instructions
kws,int8,3,DEPTHWISE_CONV_2D,594404,emulated-instructions
kws,int8,4,CONV_2D,1065184,emulated-instructions
kws,int8,5,DEPTHWISE_CONV_2D,594404,emulated-instructions
kws,int8,6,CONV_2D,1065184,emulated-instructions
kws,int8,7,DEPTHWISE_CONV_2D,594404,emulated-instructions
kws,int8,8,CONV_2D,1065184,emulated-instructions
kws,int8,9,AVERAGE_POOL_2D,51291,emulated-instructions
kws,int8,10,FULLY_CONNECTED,2530,emulated-instructions
kws,int8,11,SOFTMAX,6642,emulated-instructions
kws,int8,,INVOKE,7805766,emulated-instructions
sww,fp32,0,DEPTHWISE_CONV_2D,201214,emulated-instructions
sww,fp32,1,CONV_2D,1073406,emulated-instructions
sww,fp32,2,DEPTHWISE_CONV_2D,806530,emulated-instructions
sww,fp32,3,CONV_2D,2271822,emulated-instructions
sww,fp32,4,DEPTHWISE_CONV_2D,907483,emulated-instructions
sww,fp32,5,CONV_2D,1420098,emulated-instructions
sww,fp32,6,DEPTHWISE_CONV_2D,87881,emulated-instructions
sww,fp32,7,CONV_2D,24250,emulated-instructions
sww,fp32,8,FULLY_CONNECTED,1002,emulated-instructions
sww,fp32,9,SOFTMAX,557,emulated-instructions
sww,fp32,,INVOKE,6795004,emulated-instructions
vww,fp32,0,CONV_2D,9762778,emulated-instructions
vww,fp32,1,DEPTHWISE_CONV_2D,5266896,emulated-instructions
vww,fp32,2,CONV_2D,5171882,emulated-instructions
vww,fp32,3,DEPTHWISE_CONV_2D,2622360,emulated-instructions
vww,fp32,4,CONV_2D,3311978,emulated-instructions
vww,fp32,5,DEPTHWISE_CONV_2D,5171496,emulated-instructions
vww,fp32,6,CONV_2D,4786538,emulated-instructions
vww,fp32,7,DEPTHWISE_CONV_2D,1294716,emulated-instructions
vww,fp32,8,CONV_2D,2390666,emulated-instructions
vww,fp32,9,DEPTHWISE_CONV_2D,2526492,emulated-instructions
vww,fp32,10,CONV_2D,3865226,emulated-instructions
vww,fp32,11,DEPTHWISE_CONV_2D,633342,emulated-instructions
vww,fp32,12,CONV_2D,1932170,emulated-instructions
vww,fp32,13,DEPTHWISE_CONV_2D,1207230,emulated-instructions
vww,fp32,14,CONV_2D,3406730,emulated-instructions
vww,fp32,15,DEPTHWISE_CONV_2D,1207230,emulated-instructions
vww,fp32,16,CONV_2D,3406730,emulated-instructions
vww,fp32,17,DEPTHWISE_CONV_2D,1207230,emulated-instructions
vww,fp32,18,CONV_2D,3406730,emulated-instructions
vww,fp32,19,DEPTHWISE_CONV_2D,1207230,emulated-instructions
vww,fp32,20,CONV_2D,3406730,emulated-instructions
vww,fp32,21,DEPTHWISE_CONV_2D,1207230,emulated-instructions
vww,fp32,22,CONV_2D,3406730,emulated-instructions
vww,fp32,23,DEPTHWISE_CONV_2D,303393,emulated-instructions
vww,fp32,24,CONV_2D,1703462,emulated-instructions
vww,fp32,25,DEPTHWISE_CONV_2D,549921,emulated-instructions
vww,fp32,26,CONV_2D,3178022,emulated-instructions
vww,fp32,27,AVERAGE_POOL_2D,28809,emulated-instructions
vww,fp32,28,FULLY_CONNECTED,3061,emulated-instructions
vww,fp32,29,SOFTMAX,462,emulated-instructions
vww,fp32,,INVOKE,77575551,emulated-instructions
ad,int8,0,FULLY_CONNECTED,160400,emulated-instructions
ad,int8,1,FULLY_CONNECTED,37526,emulated-instructions
ad,int8,2,FULLY_CONNECTED,37529,emulated-instructions
ad,int8,3,FULLY_CONNECTED,37514,emulated-instructions
ad,int8,4,FULLY_CONNECTED,2801,emulated-instructions
ad,int8,5,FULLY_CONNECTED,8534,emulated-instructions
ad,int8,6,FULLY_CONNECTED,37535,emulated-instructions
ad,int8,7,FULLY_CONNECTED,37502,emulated-instructions
ad,int8,8,FULLY_CONNECTED,37538,emulated-instructions
ad,int8,9,FULLY_CONNECTED,186063,emulated-instructions
ad,int8,,INVOKE,583703,emulated-instructions
ic,int8,0,CONV_2D,2123137,emulated-instructions
ic,int8,1,CONV_2D,5494170,emulated-instructions
ic,int8,2,CONV_2D,5494170,emulated-instructions
ic,int8,3,ADD,1366638,emulated-instructions
ic,int8,4,CONV_2D,2521117,emulated-instructions
ic,int8,5,CONV_2D,4548398,emulated-instructions
ic,int8,6,CONV_2D,559091,emulated-instructions
ic,int8,7,ADD,685235,emulated-instructions
ic,int8,8,CONV_2D,2190338,emulated-instructions
ic,int8,9,CONV_2D,4155942,emulated-instructions
ic,int8,10,CONV_2D,418883,emulated-instructions
ic,int8,11,ADD,339594,emulated-instructions
ic,int8,12,AVERAGE_POOL_2D,26836,emulated-instructions
ic,int8,13,FULLY_CONNECTED,2181,emulated-instructions
ic,int8,14,SOFTMAX,5521,emulated-instructions
ic,int8,,INVOKE,29932342,emulated-instructions
sww,int8,0,DEPTHWISE_CONV_2D,80173,emulated-instructions
sww,int8,1,CONV_2D,381472,emulated-instructions
sww,int8,2,DEPTHWISE_CONV_2D,252797,emulated-instructions
sww,int8,3,CONV_2D,736160,emulated-instructions
sww,int8,4,DEPTHWISE_CONV_2D,235988,emulated-instructions
sww,int8,5,CONV_2D,487648,emulated-instructions
sww,int8,6,DEPTHWISE_CONV_2D,21109,emulated-instructions
sww,int8,7,CONV_2D,22496,emulated-instructions
sww,int8,8,FULLY_CONNECTED,850,emulated-instructions
sww,int8,9,SOFTMAX,1356,emulated-instructions
sww,int8,,INVOKE,2220810,emulated-instructions
vww,int8,0,CONV_2D,3037155,emulated-instructions
vww,int8,1,DEPTHWISE_CONV_2D,1628001,emulated-instructions
vww,int8,2,CONV_2D,1946008,emulated-instructions
vww,int8,3,DEPTHWISE_CONV_2D,759157,emulated-instructions
vww,int8,4,CONV_2D,1159760,emulated-instructions
vww,int8,5,DEPTHWISE_CONV_2D,1447797,emulated-instructions
vww,int8,6,CONV_2D,1580624,emulated-instructions
vww,int8,7,DEPTHWISE_CONV_2D,362437,emulated-instructions
vww,int8,8,CONV_2D,796864,emulated-instructions
vww,int8,9,DEPTHWISE_CONV_2D,696581,emulated-instructions
vww,int8,10,CONV_2D,1222336,emulated-instructions
vww,int8,11,DEPTHWISE_CONV_2D,174409,emulated-instructions
vww,int8,12,CONV_2D,633248,emulated-instructions
vww,int8,13,DEPTHWISE_CONV_2D,331785,emulated-instructions
vww,int8,14,CONV_2D,1077152,emulated-instructions
vww,int8,15,DEPTHWISE_CONV_2D,331785,emulated-instructions
vww,int8,16,CONV_2D,1077152,emulated-instructions
vww,int8,17,DEPTHWISE_CONV_2D,331785,emulated-instructions
vww,int8,18,CONV_2D,1077152,emulated-instructions
vww,int8,19,DEPTHWISE_CONV_2D,331785,emulated-instructions
vww,int8,20,CONV_2D,1077152,emulated-instructions
vww,int8,21,DEPTHWISE_CONV_2D,331785,emulated-instructions
vww,int8,22,CONV_2D,1077152,emulated-instructions
vww,int8,23,DEPTHWISE_CONV_2D,83104,emulated-instructions
vww,int8,24,CONV_2D,633824,emulated-instructions
vww,int8,25,DEPTHWISE_CONV_2D,153056,emulated-instructions
vww,int8,26,CONV_2D,1163232,emulated-instructions
vww,int8,27,AVERAGE_POOL_2D,17795,emulated-instructions
vww,int8,28,FULLY_CONNECTED,1547,emulated-instructions
vww,int8,29,SOFTMAX,1329,emulated-instructions
vww,int8,,INVOKE,24545030,emulated-instructions
kws,fp32,0,CONV_2D,13017670,emulated-instructions
kws,fp32,1,DEPTHWISE_CONV_2D,2210815,emulated-instructions
kws,fp32,2,CONV_2D,3355654,emulated-instructions
kws,fp32,3,DEPTHWISE_CONV_2D,2210815,emulated-instructions
kws,fp32,4,CONV_2D,3355654,emulated-instructions
kws,fp32,5,DEPTHWISE_CONV_2D,2210815,emulated-instructions
kws,fp32,6,CONV_2D,3355654,emulated-instructions
kws,fp32,7,DEPTHWISE_CONV_2D,2210815,emulated-instructions
kws,fp32,8,CONV_2D,3355654,emulated-instructions
kws,fp32,9,AVERAGE_POOL_2D,70729,emulated-instructions
kws,fp32,10,RESHAPE,354,emulated-instructions
kws,fp32,11,FULLY_CONNECTED,4547,emulated-instructions
kws,fp32,12,SOFTMAX,1412,emulated-instructions
kws,fp32,,INVOKE,35361547,emulated-instructions
mlp_16x64x32x8_m3328,fp32,0,FULLY_CONNECTED,6902,emulated-both-engines
mlp_16x64x32x8_m3328,fp32,1,TANH,6939,emulated-both-engines
mlp_16x64x32x8_m3328,fp32,2,FULLY_CONNECTED,11350,emulated-both-engines
mlp_16x64x32x8_m3328,fp32,3,RELU,514,emulated-both-engines
mlp_16x64x32x8_m3328,fp32,4,FULLY_CONNECTED,1886,emulated-both-engines
mlp_16x64x32x8_m3328,fp32,5,MINIMUM,1078,emulated-both-engines
mlp_16x64x32x8_m3328,fp32,,INVOKE,29216,emulated-both-engines
mlp_16x64x32x8_m3328,int8,0,FULLY_CONNECTED,5563,emulated-both-engines
mlp_16x64x32x8_m3328,int8,1,TANH,28512,emulated-both-engines
mlp_16x64x32x8_m3328,int8,2,FULLY_CONNECTED,5877,emulated-both-engines
mlp_16x64x32x8_m3328,int8,3,RELU,1763,emulated-both-engines
mlp_16x64x32x8_m3328,int8,4,FULLY_CONNECTED,1347,emulated-both-engines
mlp_16x64x32x8_m3328,int8,5,MINIMUM,1125,emulated-both-engines
mlp_16x64x32x8_m3328,int8,,INVOKE,44734,emulated-both-engines

"""####),
("models.csv", ####"""
model,dtype,file_bytes,made_by,source
ad,fp32,1069424,conversion script of the original under TensorFlow 2.13.1,original-conversion
ic,fp32,317720,conversion script of the original under TensorFlow 2.13.1,original-conversion
kws,int8,53968,conversion script of the original under TensorFlow 2.13.1,original-conversion
sww,fp32,190752,conversion script of the original under TensorFlow 2.13.1,original-conversion
vww,fp32,865872,conversion script of the original under TensorFlow 2.13.1,original-conversion
ad,int8,276976,MLPerf Tiny reference,mlperf-tiny-models
ic,int8,98496,MLPerf Tiny reference,mlperf-tiny-models
kws,int8,53936,MLPerf Tiny reference,mlperf-tiny-models
sww,int8,74520,MLPerf Tiny reference,mlperf-tiny-models
vww,int8,333288,MLPerf Tiny reference,mlperf-tiny-models

"""####),
("operator-costs.csv", ####"""
model,dtype,index,kind,input,output,weights,padding,stride,weight_bytes,constant_bytes,macs,source
ad,int8,0,FULLY_CONNECTED,1x640,1x128,128x640,,,81920,512,81920,mlperf-tiny-models
ad,int8,1,FULLY_CONNECTED,1x128,1x128,128x128,,,16384,512,16384,mlperf-tiny-models
ad,int8,2,FULLY_CONNECTED,1x128,1x128,128x128,,,16384,512,16384,mlperf-tiny-models
ad,int8,3,FULLY_CONNECTED,1x128,1x128,128x128,,,16384,512,16384,mlperf-tiny-models
ad,int8,4,FULLY_CONNECTED,1x128,1x8,8x128,,,1024,32,1024,mlperf-tiny-models
ad,int8,5,FULLY_CONNECTED,1x8,1x128,128x8,,,1024,512,1024,mlperf-tiny-models
ad,int8,6,FULLY_CONNECTED,1x128,1x128,128x128,,,16384,512,16384,mlperf-tiny-models
ad,int8,7,FULLY_CONNECTED,1x128,1x128,128x128,,,16384,512,16384,mlperf-tiny-models
ad,int8,8,FULLY_CONNECTED,1x128,1x128,128x128,,,16384,512,16384,mlperf-tiny-models
ad,int8,9,FULLY_CONNECTED,1x128,1x640,640x128,,,81920,2560,81920,mlperf-tiny-models
ad,fp32,0,FULLY_CONNECTED,1x640,1x128,128x640,,,327680,512,81920,original-conversion
ad,fp32,1,FULLY_CONNECTED,1x128,1x128,128x128,,,65536,512,16384,original-conversion
ad,fp32,2,FULLY_CONNECTED,1x128,1x128,128x128,,,65536,512,16384,original-conversion
ad,fp32,3,FULLY_CONNECTED,1x128,1x128,128x128,,,65536,512,16384,original-conversion
ad,fp32,4,FULLY_CONNECTED,1x128,1x8,8x128,,,4096,32,1024,original-conversion
ad,fp32,5,FULLY_CONNECTED,1x8,1x128,128x8,,,4096,512,1024,original-conversion
ad,fp32,6,FULLY_CONNECTED,1x128,1x128,128x128,,,65536,512,16384,original-conversion
ad,fp32,7,FULLY_CONNECTED,1x128,1x128,128x128,,,65536,512,16384,original-conversion
ad,fp32,8,FULLY_CONNECTED,1x128,1x128,128x128,,,65536,512,16384,original-conversion
ad,fp32,9,FULLY_CONNECTED,1x128,1x640,640x128,,,327680,2560,81920,original-conversion
ic,int8,0,CONV_2D,1x32x32x3,1x32x32x16,16x3x3x3,same,1x1,432,64,442368,mlperf-tiny-models
ic,int8,1,CONV_2D,1x32x32x16,1x32x32x16,16x3x3x16,same,1x1,2304,64,2359296,mlperf-tiny-models
ic,int8,2,CONV_2D,1x32x32x16,1x32x32x16,16x3x3x16,same,1x1,2304,64,2359296,mlperf-tiny-models
ic,int8,3,ADD,1x32x32x16,1x32x32x16,,,,0,0,0,mlperf-tiny-models
ic,int8,4,CONV_2D,1x32x32x16,1x16x16x32,32x3x3x16,same,2x2,4608,128,1179648,mlperf-tiny-models
ic,int8,5,CONV_2D,1x16x16x32,1x16x16x32,32x3x3x32,same,1x1,9216,128,2359296,mlperf-tiny-models
ic,int8,6,CONV_2D,1x32x32x16,1x16x16x32,32x1x1x16,same,2x2,512,128,131072,mlperf-tiny-models
ic,int8,7,ADD,1x16x16x32,1x16x16x32,,,,0,0,0,mlperf-tiny-models
ic,int8,8,CONV_2D,1x16x16x32,1x8x8x64,64x3x3x32,same,2x2,18432,256,1179648,mlperf-tiny-models
ic,int8,9,CONV_2D,1x8x8x64,1x8x8x64,64x3x3x64,same,1x1,36864,256,2359296,mlperf-tiny-models
ic,int8,10,CONV_2D,1x16x16x32,1x8x8x64,64x1x1x32,same,2x2,2048,256,131072,mlperf-tiny-models
ic,int8,11,ADD,1x8x8x64,1x8x8x64,,,,0,0,0,mlperf-tiny-models
ic,int8,12,AVERAGE_POOL_2D,1x8x8x64,1x1x1x64,,valid,8x8,0,0,0,mlperf-tiny-models
ic,int8,13,RESHAPE,1x1x1x64,1x64,,,,0,8,0,mlperf-tiny-models
ic,int8,14,FULLY_CONNECTED,1x64,1x10,10x64,,,640,40,640,mlperf-tiny-models
ic,int8,15,SOFTMAX,1x10,1x10,,,,0,0,0,mlperf-tiny-models
ic,fp32,0,CONV_2D,1x32x32x3,1x32x32x16,16x3x3x3,same,1x1,1728,64,442368,original-conversion
ic,fp32,1,CONV_2D,1x32x32x16,1x32x32x16,16x3x3x16,same,1x1,9216,64,2359296,original-conversion
ic,fp32,2,CONV_2D,1x32x32x16,1x32x32x16,16x3x3x16,same,1x1,9216,64,2359296,original-conversion
ic,fp32,3,ADD,1x32x32x16,1x32x32x16,,,,0,0,0,original-conversion
ic,fp32,4,CONV_2D,1x32x32x16,1x16x16x32,32x3x3x16,same,2x2,18432,128,1179648,original-conversion
ic,fp32,5,CONV_2D,1x16x16x32,1x16x16x32,32x3x3x32,same,1x1,36864,128,2359296,original-conversion
ic,fp32,6,CONV_2D,1x32x32x16,1x16x16x32,32x1x1x16,same,2x2,2048,128,131072,original-conversion
ic,fp32,7,ADD,1x16x16x32,1x16x16x32,,,,0,0,0,original-conversion
ic,fp32,8,CONV_2D,1x16x16x32,1x8x8x64,64x3x3x32,same,2x2,73728,256,1179648,original-conversion
ic,fp32,9,CONV_2D,1x8x8x64,1x8x8x64,64x3x3x64,same,1x1,147456,256,2359296,original-conversion
ic,fp32,10,CONV_2D,1x16x16x32,1x8x8x64,64x1x1x32,same,2x2,8192,256,131072,original-conversion
ic,fp32,11,ADD,1x8x8x64,1x8x8x64,,,,0,0,0,original-conversion
ic,fp32,12,AVERAGE_POOL_2D,1x8x8x64,1x1x1x64,,valid,8x8,0,0,0,original-conversion
ic,fp32,13,FULLY_CONNECTED,1x1x1x64,1x10,10x64,,,2560,40,640,original-conversion
ic,fp32,14,SOFTMAX,1x10,1x10,,,,0,0,0,original-conversion
kws,int8,0,CONV_2D,1x49x10x1,1x25x5x64,64x10x4x1,same,2x2,2560,256,320000,original-conversion
kws,int8,1,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,576,256,72000,original-conversion
kws,int8,2,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,4096,256,512000,original-conversion
kws,int8,3,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,576,256,72000,original-conversion
kws,int8,4,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,4096,256,512000,original-conversion
kws,int8,5,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,576,256,72000,original-conversion
kws,int8,6,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,4096,256,512000,original-conversion
kws,int8,7,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,576,256,72000,original-conversion
kws,int8,8,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,4096,256,512000,original-conversion
kws,int8,9,AVERAGE_POOL_2D,1x25x5x64,1x1x1x64,,valid,25x5,0,0,0,original-conversion
kws,int8,10,FULLY_CONNECTED,1x1x1x64,1x12,12x64,,,768,48,768,original-conversion
kws,int8,11,SOFTMAX,1x12,1x12,,,,0,0,0,original-conversion
kws,fp32,0,CONV_2D,1x49x10x1,1x25x5x64,64x10x4x1,same,2x2,10240,256,320000,derived-kws-fp32
kws,fp32,1,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,2304,256,72000,derived-kws-fp32
kws,fp32,2,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,16384,256,512000,derived-kws-fp32
kws,fp32,3,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,2304,256,72000,derived-kws-fp32
kws,fp32,4,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,16384,256,512000,derived-kws-fp32
kws,fp32,5,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,2304,256,72000,derived-kws-fp32
kws,fp32,6,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,16384,256,512000,derived-kws-fp32
kws,fp32,7,DEPTHWISE_CONV_2D,1x25x5x64,1x25x5x64,1x3x3x64,same,1x1,2304,256,72000,derived-kws-fp32
kws,fp32,8,CONV_2D,1x25x5x64,1x25x5x64,64x1x1x64,same,1x1,16384,256,512000,derived-kws-fp32
kws,fp32,9,AVERAGE_POOL_2D,1x25x5x64,1x1x1x64,,valid,25x5,0,0,0,derived-kws-fp32
kws,fp32,10,FULLY_CONNECTED,1x1x1x64,1x12,12x64,,,3072,48,768,derived-kws-fp32
kws,fp32,11,SOFTMAX,1x12,1x12,,,,0,0,0,derived-kws-fp32
sww,int8,0,DEPTHWISE_CONV_2D,1x30x1x40,1x28x1x40,1x3x1x40,valid,1x1,120,160,3360,mlperf-tiny-models
sww,int8,1,CONV_2D,1x28x1x40,1x28x1x128,128x1x1x40,valid,1x1,5120,512,143360,mlperf-tiny-models
sww,int8,2,DEPTHWISE_CONV_2D,1x28x1x128,1x24x1x128,1x5x1x128,valid,1x1,640,512,15360,mlperf-tiny-models
sww,int8,3,CONV_2D,1x24x1x128,1x24x1x128,128x1x1x128,valid,1x1,16384,512,393216,mlperf-tiny-models
sww,int8,4,DEPTHWISE_CONV_2D,1x24x1x128,1x15x1x128,1x10x1x128,valid,1x1,1280,512,19200,mlperf-tiny-models
sww,int8,5,CONV_2D,1x15x1x128,1x15x1x128,128x1x1x128,valid,1x1,16384,512,245760,mlperf-tiny-models
sww,int8,6,DEPTHWISE_CONV_2D,1x15x1x128,1x1x1x128,1x15x1x128,valid,1x1,1920,512,1920,mlperf-tiny-models
sww,int8,7,CONV_2D,1x1x1x128,1x1x1x32,32x1x1x128,valid,1x1,4096,128,4096,mlperf-tiny-models
sww,int8,8,RESHAPE,1x1x1x32,1x32,,,,0,8,0,mlperf-tiny-models
sww,int8,9,FULLY_CONNECTED,1x32,1x3,3x32,,,96,12,96,mlperf-tiny-models
sww,int8,10,SOFTMAX,1x3,1x3,,,,0,0,0,mlperf-tiny-models
sww,fp32,0,DEPTHWISE_CONV_2D,1x30x1x40,1x28x1x40,1x3x1x40,valid,1x1,480,160,3360,original-conversion
sww,fp32,1,CONV_2D,1x28x1x40,1x28x1x128,128x1x1x40,valid,1x1,20480,512,143360,original-conversion
sww,fp32,2,DEPTHWISE_CONV_2D,1x28x1x128,1x24x1x128,1x5x1x128,valid,1x1,2560,512,15360,original-conversion
sww,fp32,3,CONV_2D,1x24x1x128,1x24x1x128,128x1x1x128,valid,1x1,65536,512,393216,original-conversion
sww,fp32,4,DEPTHWISE_CONV_2D,1x24x1x128,1x15x1x128,1x10x1x128,valid,1x1,5120,512,19200,original-conversion
sww,fp32,5,CONV_2D,1x15x1x128,1x15x1x128,128x1x1x128,valid,1x1,65536,512,245760,original-conversion
sww,fp32,6,DEPTHWISE_CONV_2D,1x15x1x128,1x1x1x128,1x15x1x128,valid,1x1,7680,512,1920,original-conversion
sww,fp32,7,CONV_2D,1x1x1x128,1x1x1x32,32x1x1x128,valid,1x1,16384,128,4096,original-conversion
sww,fp32,8,FULLY_CONNECTED,1x1x1x32,1x3,3x32,,,384,12,96,original-conversion
sww,fp32,9,SOFTMAX,1x3,1x3,,,,0,0,0,original-conversion
vww,int8,0,CONV_2D,1x96x96x3,1x48x48x8,8x3x3x3,same,2x2,216,32,497664,mlperf-tiny-models
vww,int8,1,DEPTHWISE_CONV_2D,1x48x48x8,1x48x48x8,1x3x3x8,same,1x1,72,32,165888,mlperf-tiny-models
vww,int8,2,CONV_2D,1x48x48x8,1x48x48x16,16x1x1x8,same,1x1,128,64,294912,mlperf-tiny-models
vww,int8,3,DEPTHWISE_CONV_2D,1x48x48x16,1x24x24x16,1x3x3x16,same,2x2,144,64,82944,mlperf-tiny-models
vww,int8,4,CONV_2D,1x24x24x16,1x24x24x32,32x1x1x16,same,1x1,512,128,294912,mlperf-tiny-models
vww,int8,5,DEPTHWISE_CONV_2D,1x24x24x32,1x24x24x32,1x3x3x32,same,1x1,288,128,165888,mlperf-tiny-models
vww,int8,6,CONV_2D,1x24x24x32,1x24x24x32,32x1x1x32,same,1x1,1024,128,589824,mlperf-tiny-models
vww,int8,7,DEPTHWISE_CONV_2D,1x24x24x32,1x12x12x32,1x3x3x32,same,2x2,288,128,41472,mlperf-tiny-models
vww,int8,8,CONV_2D,1x12x12x32,1x12x12x64,64x1x1x32,same,1x1,2048,256,294912,mlperf-tiny-models
vww,int8,9,DEPTHWISE_CONV_2D,1x12x12x64,1x12x12x64,1x3x3x64,same,1x1,576,256,82944,mlperf-tiny-models
vww,int8,10,CONV_2D,1x12x12x64,1x12x12x64,64x1x1x64,same,1x1,4096,256,589824,mlperf-tiny-models
vww,int8,11,DEPTHWISE_CONV_2D,1x12x12x64,1x6x6x64,1x3x3x64,same,2x2,576,256,20736,mlperf-tiny-models
vww,int8,12,CONV_2D,1x6x6x64,1x6x6x128,128x1x1x64,same,1x1,8192,512,294912,mlperf-tiny-models
vww,int8,13,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,1152,512,41472,mlperf-tiny-models
vww,int8,14,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,16384,512,589824,mlperf-tiny-models
vww,int8,15,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,1152,512,41472,mlperf-tiny-models
vww,int8,16,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,16384,512,589824,mlperf-tiny-models
vww,int8,17,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,1152,512,41472,mlperf-tiny-models
vww,int8,18,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,16384,512,589824,mlperf-tiny-models
vww,int8,19,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,1152,512,41472,mlperf-tiny-models
vww,int8,20,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,16384,512,589824,mlperf-tiny-models
vww,int8,21,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,1152,512,41472,mlperf-tiny-models
vww,int8,22,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,16384,512,589824,mlperf-tiny-models
vww,int8,23,DEPTHWISE_CONV_2D,1x6x6x128,1x3x3x128,1x3x3x128,same,2x2,1152,512,10368,mlperf-tiny-models
vww,int8,24,CONV_2D,1x3x3x128,1x3x3x256,256x1x1x128,same,1x1,32768,1024,294912,mlperf-tiny-models
vww,int8,25,DEPTHWISE_CONV_2D,1x3x3x256,1x3x3x256,1x3x3x256,same,1x1,2304,1024,20736,mlperf-tiny-models
vww,int8,26,CONV_2D,1x3x3x256,1x3x3x256,256x1x1x256,same,1x1,65536,1024,589824,mlperf-tiny-models
vww,int8,27,AVERAGE_POOL_2D,1x3x3x256,1x1x1x256,,valid,3x3,0,0,0,mlperf-tiny-models
vww,int8,28,RESHAPE,1x1x1x256,1x256,,,,0,8,0,mlperf-tiny-models
vww,int8,29,FULLY_CONNECTED,1x256,1x2,2x256,,,512,8,512,mlperf-tiny-models
vww,int8,30,SOFTMAX,1x2,1x2,,,,0,0,0,mlperf-tiny-models
vww,fp32,0,CONV_2D,1x96x96x3,1x48x48x8,8x3x3x3,same,2x2,864,32,497664,original-conversion
vww,fp32,1,DEPTHWISE_CONV_2D,1x48x48x8,1x48x48x8,1x3x3x8,same,1x1,288,32,165888,original-conversion
vww,fp32,2,CONV_2D,1x48x48x8,1x48x48x16,16x1x1x8,same,1x1,512,64,294912,original-conversion
vww,fp32,3,DEPTHWISE_CONV_2D,1x48x48x16,1x24x24x16,1x3x3x16,same,2x2,576,64,82944,original-conversion
vww,fp32,4,CONV_2D,1x24x24x16,1x24x24x32,32x1x1x16,same,1x1,2048,128,294912,original-conversion
vww,fp32,5,DEPTHWISE_CONV_2D,1x24x24x32,1x24x24x32,1x3x3x32,same,1x1,1152,128,165888,original-conversion
vww,fp32,6,CONV_2D,1x24x24x32,1x24x24x32,32x1x1x32,same,1x1,4096,128,589824,original-conversion
vww,fp32,7,DEPTHWISE_CONV_2D,1x24x24x32,1x12x12x32,1x3x3x32,same,2x2,1152,128,41472,original-conversion
vww,fp32,8,CONV_2D,1x12x12x32,1x12x12x64,64x1x1x32,same,1x1,8192,256,294912,original-conversion
vww,fp32,9,DEPTHWISE_CONV_2D,1x12x12x64,1x12x12x64,1x3x3x64,same,1x1,2304,256,82944,original-conversion
vww,fp32,10,CONV_2D,1x12x12x64,1x12x12x64,64x1x1x64,same,1x1,16384,256,589824,original-conversion
vww,fp32,11,DEPTHWISE_CONV_2D,1x12x12x64,1x6x6x64,1x3x3x64,same,2x2,2304,256,20736,original-conversion
vww,fp32,12,CONV_2D,1x6x6x64,1x6x6x128,128x1x1x64,same,1x1,32768,512,294912,original-conversion
vww,fp32,13,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,4608,512,41472,original-conversion
vww,fp32,14,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,65536,512,589824,original-conversion
vww,fp32,15,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,4608,512,41472,original-conversion
vww,fp32,16,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,65536,512,589824,original-conversion
vww,fp32,17,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,4608,512,41472,original-conversion
vww,fp32,18,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,65536,512,589824,original-conversion
vww,fp32,19,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,4608,512,41472,original-conversion
vww,fp32,20,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,65536,512,589824,original-conversion
vww,fp32,21,DEPTHWISE_CONV_2D,1x6x6x128,1x6x6x128,1x3x3x128,same,1x1,4608,512,41472,original-conversion
vww,fp32,22,CONV_2D,1x6x6x128,1x6x6x128,128x1x1x128,same,1x1,65536,512,589824,original-conversion
vww,fp32,23,DEPTHWISE_CONV_2D,1x6x6x128,1x3x3x128,1x3x3x128,same,2x2,4608,512,10368,original-conversion
vww,fp32,24,CONV_2D,1x3x3x128,1x3x3x256,256x1x1x128,same,1x1,131072,1024,294912,original-conversion
vww,fp32,25,DEPTHWISE_CONV_2D,1x3x3x256,1x3x3x256,1x3x3x256,same,1x1,9216,1024,20736,original-conversion
vww,fp32,26,CONV_2D,1x3x3x256,1x3x3x256,256x1x1x256,same,1x1,262144,1024,589824,original-conversion
vww,fp32,27,AVERAGE_POOL_2D,1x3x3x256,1x1x1x256,,valid,3x3,0,0,0,original-conversion
vww,fp32,28,FULLY_CONNECTED,1x1x1x256,1x2,2x256,,,2048,8,512,original-conversion
vww,fp32,29,SOFTMAX,1x2,1x2,,,,0,0,0,original-conversion

"""####),
("published-operators.csv", ####"""
result,kind,name,time_us,source
rp2350-proprietary-int8,TANH,,217,original-readme
rp2350-proprietary-fp32,TANH,,36,original-readme
rp2350-proprietary-int8,FULLY_CONNECTED,largest,93,original-readme
rp2350-proprietary-fp32,FULLY_CONNECTED,largest,139,original-readme
nucleo-proprietary-int8,TANH,,4.6,original-readme
nucleo-proprietary-fp32,TANH,,61,original-readme
nucleo-proprietary-int8,FULLY_CONNECTED,largest,51,original-readme
nucleo-proprietary-fp32,FULLY_CONNECTED,largest,141,original-readme

"""####),
("published-results.csv", ####"""
id,board,mcu,clock_hz,cores,runtime,model,dtype,dtype_claimed,weights,latency_ms,throughput_per_s,duty_cycle,period_ms,windows,energy_uj,caveat,source
rp2350-ad,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,ad,fp32,int8,flash,58.95,,,,,,,original-readme
rp2350-ic,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,ic,fp32,int8,flash,1709.93,,,,,,,original-readme
rp2350-kws,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,kws,int8,,flash,60.40,,,,,,,original-readme
rp2350-sww,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,sww,fp32,int8,flash,192.41,,,,,,,original-readme
rp2350-vww,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,vww,fp32,int8,flash,1375.02,,,,,,,original-readme
rp2350-proprietary-fp32,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,proprietary,fp32,,sram,0.252,,,,,,,original-readme
rp2350-proprietary-int8,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,proprietary,int8,,sram,0.416,,,,,,,original-readme
rp2350-sww-fp32-sram,waveshare_rp2350_plus_16mb,rp2350,150000000,1,tflm,sww,fp32,,sram,51.542,,,,,,,original-readme
nucleo-ad,nucleo_u575zi_q,stm32u575,160000000,1,x-cube-ai,ad,int8,,,,311.579,,,11.233102/3500 11.233102/3500 11.233102/3500 11.233102/3500 11.233102/3500,77.2364,,mlperf-tiny-v1.3
nucleo-ic,nucleo_u575zi_q,stm32u575,160000000,1,x-cube-ai,ic,int8,,,,9.133,,,10.949628/100 10.948959/100 10.94963/100 10.949632/100 10.949633/100,2565.24,,mlperf-tiny-v1.3
nucleo-kws,nucleo_u575zi_q,stm32u575,160000000,1,x-cube-ai,kws,int8,,,,34.489,,,11.599211/400 11.597794/400 11.596434/400 11.599212/400 11.594362/400,664.42,,mlperf-tiny-v1.3
nucleo-sww,nucleo_u575zi_q,stm32u575,160000000,1,x-cube-ai,sww,int8,,,,,0.36346,32.071,,,"duty cycle times period of the energy run: processing time per 32 ms frame as seen on a pin, which may hold feature extraction; not a timed invoke (the performance run gives 11.63 ms)",mlperf-tiny-v1.3
nucleo-vww,nucleo_u575zi_q,stm32u575,160000000,1,x-cube-ai,vww,int8,,,,16.873,,,11.852929/200 11.852937/200 11.852935/200 11.852935/200 11.852927/200,1372.17,,mlperf-tiny-v1.3
nucleo-proprietary-fp32,nucleo_u575zi_q,stm32u575,160000000,1,stm32cube-ai-studio,proprietary,fp32,,,0.240,,,,,,timed by the author of the original,original-readme
nucleo-proprietary-int8,nucleo_u575zi_q,stm32u575,160000000,1,stm32cube-ai-studio,proprietary,int8,,,0.089,,,,,,timed by the author of the original,original-readme
nucleo-sww-fp32,nucleo_u575zi_q,stm32u575,160000000,1,stm32cube-ai-studio,sww,fp32,,,47.80,,,,,,timed by the author of the original,original-readme

"""####),
("sources.toml", ####"""
# Where the figures in these tables come from. Every row names one of these keys.

[original-readme]
title = "gnotu/pico2-benchmark, README.md, commit 6cd0bcd27d459d158b9abe3262349385e1571f2a (26 February 2026)"
url = "https://github.com/gnotu/pico2-benchmark"
note = "Published measurements on a Waveshare RP2350-Plus-16MB and on a NUCLEO-U575ZI-Q; one figure each, no spread."

[original-conversion]
title = "The same repository's convert_tinyml_models.py, run on the MLPerf Tiny models with TensorFlow 2.13.1; operators read from the files it writes"
url = "https://github.com/gnotu/pico2-benchmark"
note = "The script sets a representative data set but no optimizations for four of the five models, so TensorFlow writes float32 without a warning."

[derived-kws-fp32]
title = "The int8 KWS operators with four bytes per weight"
url = "https://github.com/mlcommons/tiny"
note = "Same graph and shapes; weight bytes are four times those of the int8 file."

[mlperf-tiny-models]
title = "mlcommons/tiny, benchmark/training, the trained .tflite models of the reference implementations"
url = "https://github.com/mlcommons/tiny"
note = "Operators, shapes and bytes read from the files."

["mlperf-tiny-v1.3"]
title = "mlcommons/tiny_results_v1.3, closed/STMicroelectronics/results/NUCLEO_U575ZI_Q, commit cd605ea0981306693c9e19765a15801c776988dc"
url = "https://github.com/mlcommons/tiny_results_v1.3"
note = "X-CUBE-AI 10.2; the throughput is the printed median; windows are runtime in seconds / inferences of the five performance windows; energy is the printed median in microjoules per inference."

[emulated-instructions]
title = "TFLM (pico-tflmicro, CMSIS-NN 7.0.0, -O3) on QEMU 7.2 mps2-an505 with -icount shift=10, a Cortex-M33 with DSP and FPU"
url = "https://github.com/raspberrypi/pico-tflmicro"
note = "Instructions, exact and repeatable; not time. Files as in original-conversion, int8 ones converted with quantization switched on."

[emulated-both-engines]
title = "TFLM (pico-tflmicro, CMSIS-NN 7.0.0) as second engine of this project's firmware on QEMU 7.2 mps2-an505, a Cortex-M33 with DSP and FPU, gcc 12.2.1"
url = "https://github.com/raspberrypi/pico-tflmicro"
note = "Instructions, exact and repeatable; not time. Model of modelgen mlp; the outputs of both engines have the same bits in int8."

[rp2350-datasheet]
title = "RP2350 Datasheet, Raspberry Pi Ltd: 2.1 Bus fabric, 4.2 SRAM, 4.4 External flash and PSRAM (XIP)"
url = "https://datasheets.raspberrypi.com/rp2350/rp2350-datasheet.pdf"
note = "Memory sizes and rates, cache organisation."

[computed-roof]
title = "Computed here from the transfer formats in the RP2350 data sheet at SCK = clk_sys/3, the divisor that the boot ROM leaves (pico-sdk issues 1903 and 2172), and 150 MHz (pico-sdk, platform_defs.h)"
url = "https://datasheets.raspberrypi.com/rp2350/rp2350-datasheet.pdf"
note = "Serial clocks of command, address, dummy and data phases; see each roof's name. Board headers say divisor 2, but unless boot2 is run (PICO_EMBED_XIP_SETUP) it stays 3."

[rp2350-qmi-registers]
title = "RP2350 data sheet, 12.14.6 (QMI registers M0_TIMING); register values after boot as reported in pico-sdk issues 1903 and 2172"
url = "https://datasheets.raspberrypi.com/rp2350/rp2350-datasheet.pdf"
note = "M0_TIMING 0x60007203, M0_RFMT 0x000492a8: COOLDOWN 1, PAGEBREAK 2 (1024 bytes), MIN_DESELECT 7, RXDELAY 2, CLKDIV 3."

[cortex-m33-trm]
title = "Arm Cortex-M33 Technical Reference Manual, instruction timings (3.7.4.9), and instruction counts of the CMSIS-NN 7.0.0 inner loops"
url = "https://developer.arm.com/documentation/100230"
note = "MACs per cycle that the instruction stream allows."

[stm32u575-datasheet]
title = "STM32U575xx data sheet and reference manual RM0456, STMicroelectronics"
url = "https://www.st.com/resource/en/datasheet/stm32u575ag.pdf"
note = "160 MHz, SRAM 192+64+512+16+2 KB, flash 128 bit per access with 4 wait states at 160 MHz, 8 KB ICACHE."

[qemu-an505]
title = "QEMU 7.2, machine mps2-an505 (Arm AN505): Cortex-M33 with DSP and FPU"
url = "https://www.qemu.org/docs/master/system/arm/mps2.html"
note = "Counts instructions; has no flash latency and no cycle counter."

[w25q128jv-datasheet]
title = "W25Q128JV data sheet, Winbond, AC electrical characteristics"
url = "https://www.winbond.com/hq/product/code-storage-flash-memory/serial-nor-flash/?__locale=en&partNo=W25Q128JV"
note = "133 MHz at 3.0 V and more, 50 MHz for Read Data (03h). Taken for every board here; which chip a board carries was not checked."

[planned-arenas]
title = "Computed here from the model files by Sources/Models/Arena, as modelgen inspect prints it"
url = "https://github.com/raspberrypi/pico-tflmicro"
note = "Planned as MicroInterpreter::AllocateTensors does it with CMSIS-NN; tests compare the plan with TFLM on an emulated Cortex-M33, to the byte."

[cycles-per-mac]
title = "Cycles per MAC of a Cortex-M33 with DSP and FPU over the MLPerf Tiny models: X-CUBE-AI in ST's MLPerf Tiny v1.3 results, and TFLM with CMSIS-NN (int8) or its reference kernels (fp32) at -O3 as in emulated-instructions, at 1.13 cycles per instruction"
url = "https://github.com/mlcommons/tiny_results_v1.3"
note = "Weights in SRAM or in internal flash behind a cache. int8 1.27 (VWW, X-CUBE-AI) to 3.7 (VWW, CMSIS-NN), with room up to 6 for small layers; fp32 5.8 (AD) to 15.1 (KWS). A test computes them from the other tables."

[emulated-os]
title = "TFLM built with -Os instead of -O3, on the emulator of emulated-instructions"
url = "https://github.com/raspberrypi/pico-tflmicro"
note = "Instructions of the build with -Os / those of the build with -O3, IC fp32 alone; of int8 and of -O0 nothing was counted."

"""####),
("machines/nucleo_u575zi_q.toml", ####"""
# ST NUCLEO-U575ZI-Q: an STM32U575 with internal flash.
id = "nucleo_u575zi_q"
name = "NUCLEO-U575ZI-Q"
short = "Nucleo"
mcu = "stm32u575"
core = "Cortex-M33, FPU, DSP"
cores = 1
clock_hz = 160_000_000
sram_bytes = 804_864
# Internal flash has wait states in nanoseconds; its time does not scale with the clock alone.
flash_clock_follows_cpu = false
source = "stm32u575-datasheet"

[cache]
name = "ICACHE"
bytes = 8_192
ways = 2
line_bytes = 16
# With two ways pseudo-LRU is LRU.
replacement = "least recently used"
serves = "code and data reads of flash; the MLPerf entry used it direct-mapped"
source = "stm32u575-datasheet"

[[memory_roof]]
id = "sram"
name = "SRAM, 32 bits per cycle"
bytes_per_cycle = 4.0
source = "stm32u575-datasheet"

[[memory_roof]]
id = "flash"
name = "flash, 128 bits with 4 wait states, upper bound"
cycles_per_line = 5.0
line_bytes = 16
source = "stm32u575-datasheet"

[[compute_roof]]
id = "int8"
dtype = "int8"
name = "SMLAD, instruction limit"
macs_per_cycle = 2.0
source = "cortex-m33-trm"

# The inner loops of CMSIS-NN are a yardstick here: those of X-CUBE-AI are not published.
[[compute_roof]]
id = "int8-conv"
dtype = "int8"
name = "CMSIS-NN convolution inner loop (4 LDR, 8 SXTB16, 8 SMLAD per 16 MAC)"
macs_per_cycle = 0.80
source = "cortex-m33-trm"

[[compute_roof]]
id = "int8-fc"
dtype = "int8"
name = "CMSIS-NN fully connected inner loop (3 LDR, 6 SXTB16, 4 SMLAD, 3 cycles of loop per 8 MAC)"
macs_per_cycle = 0.50
source = "cortex-m33-trm"

[[compute_roof]]
id = "fp32"
dtype = "fp32"
name = "VMUL + VADD, interleaved"
macs_per_cycle = 0.50
source = "cortex-m33-trm"

[[compute_roof]]
id = "fp32-fma"
dtype = "fp32"
name = "VFMA or VMLA, 3 cycles each"
macs_per_cycle = 0.33
source = "cortex-m33-trm"

"""####),
("machines/pico2.toml", ####"""
# Raspberry Pi Pico 2: an RP2350 with 4 MB of QSPI flash; chip, clock and flash mode are those of the
# Waveshare board.
id = "pico2"
name = "Raspberry Pi Pico 2"
like = "waveshare_rp2350_plus_16mb"

"""####),
("machines/qemu_mps2_an505.toml", ####"""
# QEMU's mps2-an505: counts instructions of a Cortex-M33, has no time of its own.
id = "qemu_mps2_an505"
name = "QEMU mps2-an505"
short = "emulated M33"
mcu = "cortex-m33"
core = "Cortex-M33, FPU, DSP (emulated)"
cores = 1
source = "qemu-an505"

"""####),
("machines/waveshare_rp2350_plus_16mb.toml", ####"""
# Waveshare RP2350-Plus-16MB: an RP2350 with 16 MB of QSPI flash.
id = "waveshare_rp2350_plus_16mb"
name = "Waveshare RP2350-Plus-16MB"
short = "RP2350"
mcu = "rp2350"
core = "Cortex-M33, FPU, DSP"
cores = 2
clock_hz = 150_000_000
rated_clock_hz = 150_000_000
sram_bytes = 532_480
# The flash clock is derived from clk_sys, so flash-bound time scales with it too.
flash_clock_follows_cpu = true
source = "rp2350-datasheet"

[cache]
name = "XIP cache"
bytes = 16_384
ways = 2
line_bytes = 8
replacement = "random"
serves = "code and data in flash, both cores"
source = "rp2350-datasheet"

# The boot ROM leaves M0_TIMING = 0x60007203: COOLDOWN 1 (chip select stays low for 64 cycles after a
# transfer, and half a serial clock), PAGEBREAK 2 (a transfer ends at every 1024 bytes), MIN_DESELECT 7 (chip
# select stays high for 7 cycles and half a serial clock before the next transfer).
[flash]
cooldown_cycles = 64
page_break_bytes = 1024
min_deselect_cycles = 7
source = "rp2350-qmi-registers"

# Serial clocks (SCK) of one 8-byte line: its data, and what a new transfer needs before them. What the flash
# is rated for is that of Winbond's W25Q128JV at 3.0 V and more: 133 MHz, read data (03h) 50 MHz.
[[flash_mode]]
id = "quad/3"
name = "quad (EBh) with command, SCK = clk_sys/3"
sck_divider = 3
data_sck = 16
setup_sck = 20
rated_sck_hz = 133_000_000
rating_source = "w25q128jv-datasheet"
source = "computed-roof"

[[flash_mode]]
id = "quad/2"
name = "quad (EBh), continuous read, SCK = clk_sys/2"
sck_divider = 2
data_sck = 16
setup_sck = 12
rated_sck_hz = 133_000_000
rating_source = "w25q128jv-datasheet"
source = "computed-roof"

[[flash_mode]]
id = "dual/3"
name = "dual (BBh), SCK = clk_sys/3"
sck_divider = 3
data_sck = 32
setup_sck = 24
rated_sck_hz = 133_000_000
rating_source = "w25q128jv-datasheet"
source = "computed-roof"

[[flash_mode]]
id = "serial/3"
name = "serial (03h), SCK = clk_sys/3"
sck_divider = 3
data_sck = 64
setup_sck = 32
rated_sck_hz = 50_000_000
rating_source = "w25q128jv-datasheet"
source = "computed-roof"

[[memory_roof]]
id = "sram"
name = "SRAM, 32 bits per cycle and core"
bytes_per_cycle = 4.0
source = "rp2350-datasheet"

[[memory_roof]]
id = "cache"
name = "XIP cache hit"
bytes_per_cycle = 4.0
source = "rp2350-datasheet"

[[memory_roof]]
id = "flash"
name = "flash, quad (EBh), SCK = clk_sys/3, sequential: 16 SCK per 8 bytes"
cycles_per_line = 48.0
source = "computed-roof"

[[memory_roof]]
id = "flash-random"
name = "flash, quad (EBh), SCK = clk_sys/3, every 8-byte line a new transfer: 36 SCK"
cycles_per_line = 108.0
source = "computed-roof"

[[compute_roof]]
id = "int8"
dtype = "int8"
name = "SMLAD, instruction limit"
macs_per_cycle = 2.0
source = "cortex-m33-trm"

[[compute_roof]]
id = "int8-conv"
dtype = "int8"
name = "CMSIS-NN convolution inner loop (4 LDR, 8 SXTB16, 8 SMLAD per 16 MAC)"
macs_per_cycle = 0.80
source = "cortex-m33-trm"

[[compute_roof]]
id = "int8-fc"
dtype = "int8"
name = "CMSIS-NN fully connected inner loop (3 LDR, 6 SXTB16, 4 SMLAD, 3 cycles of loop per 8 MAC)"
macs_per_cycle = 0.50
source = "cortex-m33-trm"

[[compute_roof]]
id = "fp32"
dtype = "fp32"
name = "VMUL + VADD, interleaved"
macs_per_cycle = 0.50
source = "cortex-m33-trm"

[[compute_roof]]
id = "fp32-fma"
dtype = "fp32"
name = "VFMA or VMLA, 3 cycles each"
macs_per_cycle = 0.33
source = "cortex-m33-trm"

"""####),
]
