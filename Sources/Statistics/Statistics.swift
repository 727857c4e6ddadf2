import Support

// The Statistics room: estimators, intervals and tests on plain numbers. It knows nothing of
// benchmarks, logs or units; the caller says what a number means.
//
// Two conventions hold everywhere. What cannot be given carries a sentence that says why
// (`Outcome`), never a NaN or a blank. And every result is a function of its arguments alone:
// random resampling takes a seed.
