# Compile options for Basin's own code. Results are a function of the source, not of the machine:
# a fixed baseline, no contraction to FMA, never -ffast-math.
add_library(basin_options INTERFACE)
target_compile_options(basin_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    -march=x86-64-v2 -ffp-contract=off)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(basin_options INTERFACE -O3)
endif()
if(BASIN_SANITIZE)
    add_compile_options(-fsanitize=${BASIN_SANITIZE} -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${BASIN_SANITIZE})
    if(BASIN_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=all)
    endif()
endif()
