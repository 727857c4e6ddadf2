// Made by Scripts/embed from DefaultReport.md; change that.
// swift-format-ignore-file

/// The notebook that `analyze LOG...` runs.
let defaultReport = ####"""
# Report
"""####
