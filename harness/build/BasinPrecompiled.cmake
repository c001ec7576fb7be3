# Precompiled headers: a fifth to two fifths of the compile time of sweeps and harness goes into parsing
# the same standard and third-party headers (a twentieth in analysis, which has none). Every source still
# includes what it uses, and `headers_of_*` (tests/build) compiles each header without them.
option(BASIN_PRECOMPILED "Precompile standard and third-party headers" ON)

set(BASIN_STANDARD_HEADERS
    <algorithm> <array> <bit> <charconv> <chrono> <cmath> <compare> <cstddef> <cstdint> <cstring> <filesystem>
    <fstream> <functional> <limits> <map> <memory> <numeric> <optional> <set> <span> <sstream> <stdexcept>
    <string> <string_view> <system_error> <tuple> <utility> <variant> <vector>)

# basin_precompile(TARGET header...): the standard headers and these, for every source of TARGET that
# has the target's own compile options.
function(basin_precompile target)
    if(BASIN_PRECOMPILED)
        target_precompile_headers(${target} PRIVATE ${BASIN_STANDARD_HEADERS} ${ARGN})
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            # g++ 12 warns of std::string's own copies once its headers are precompiled (GCC bug 105329).
            target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-stringop-overflow)
        endif()
    endif()
endfunction()
