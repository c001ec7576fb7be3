# Compile options for Basin's own code. Results are a function of the source, not of the machine:
# a fixed baseline, no contraction to FMA, never -ffast-math.
add_library(basin_options INTERFACE)
target_compile_options(basin_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    -march=x86-64-v2 -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 takes `"text" + std::string` for overlapping copies (GCC bug 105651).
    target_compile_options(basin_options INTERFACE -Wno-restrict)
endif()
# The kernels' floor asks for -O3 itself (models/CMakeLists.txt); elsewhere it only costs build time.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
if(BASIN_SANITIZE)
    add_compile_options(-fsanitize=${BASIN_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${BASIN_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC's manual: sanitizers make this warning unreliable.
        target_compile_options(basin_options INTERFACE -Wno-maybe-uninitialized)
    endif()
    if(BASIN_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=all)
    endif()
endif()
