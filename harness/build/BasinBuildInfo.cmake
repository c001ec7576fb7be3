# Writes build_info.hpp: what the numbers of this build come from. Run with cmake -P before every
# build, so that the revision and its dirty mark are those of the sources that are compiled; the file
# is touched only when something changed.
find_package(Git QUIET)
set(BASIN_REVISION "unknown")
if(Git_FOUND)
    execute_process(COMMAND "${GIT_EXECUTABLE}" describe --always --dirty=+modified --abbrev=12 --exclude=*
        WORKING_DIRECTORY "${SOURCE_DIR}" OUTPUT_VARIABLE described
        OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
        set(BASIN_REVISION "${described}")
    endif()
endif()
configure_file("${SOURCE_DIR}/harness/build_info.hpp.in" "${OUTPUT}" @ONLY)
