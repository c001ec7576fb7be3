# read.R FOLDER: the fixture's cube in R. R counts columns first: dimensions come in reverse order.
if (!requireNamespace("hdf5r", quietly = TRUE)) {
    cat("skipped: the R package hdf5r is not installed\n")
    quit(status = 77)
}
folder <- commandArgs(trailingOnly = TRUE)[1]
file <- hdf5r::H5File$new(file.path(folder, "cube", "results.h5"), mode = "r")

stopifnot(identical(file[["formulation"]][], c("original", "normalized")))
stopifnot(all.equal(file[["beta"]][], c(0.01, 1, 100), tolerance = 0))
stopifnot(all(as.numeric(file[["interaction_vertex"]][]) == c(2, 20, 30)))

errors <- file[["recall_error"]]
stopifnot(identical(as.integer(errors$dims), c(2L, 3L, 3L, 2L)))
stopifnot(errors[2, 2, 2, 2] == 27, is.nan(errors[1, 1, 1, 1]))
stopifnot(file[["recall_error_mean"]][2, 2, 2] == 26.5)

words <- function(dataset) strsplit(hdf5r::h5attr(dataset, "flag_meanings"), " ")[[1]]
status <- file[["status"]]
meaning <- function(code) words(status)[hdf5r::h5attr(status, "flag_values") == code]
stopifnot(meaning(status[1, 1, 1, 1]) == "not_run", meaning(status[2, 1, 1, 1]) == "done")
stopifnot(meaning(status[1, 1, 3, 1]) == "not_planned")
flags <- file[["overflow_flags"]]
masks <- hdf5r::h5attr(flags, "flag_masks")
stopifnot(identical(words(flags)[bitwAnd(flags[2, 1, 1, 1], masks) != 0],
                    c("pow_overflow", "all_zero")))
stopifnot(hdf5r::h5attr(file[["beta"]], "units") == "1")
stopifnot(grepl("interop", file[["provenance/config_given"]][]))
file$close_all()
cat("R hdf5r", as.character(utils::packageVersion("hdf5r")), "ok\n")
