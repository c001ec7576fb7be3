# The tower of floors, lowest first. A floor may use only floors that stand before it here.
set(BASIN_TOWER models sweeps results analysis harness)

# basin_floor(NAME SOURCES file... [USES floor...] [PACKAGES target...] [HIDDEN target...])
#
# Adds the static library basin_NAME. USES that break the tower's order stop the configuration.
# Each floor has an include root of its own that holds nothing but a link NAME -> source folder, and
# a target sees its own root and those of its USES. So `#include "results/journal/journal.hpp"` in models/
# fails with "no such file" whatever the author intended.
# PACKAGES appear in the floor's headers and travel with it; HIDDEN ones stay in its sources.
function(basin_floor name)
    cmake_parse_arguments(PARSE_ARGV 1 FLOOR "" "" "SOURCES;USES;PACKAGES;HIDDEN")
    list(FIND BASIN_TOWER ${name} height)
    if(height LESS 0)
        message(FATAL_ERROR "floor '${name}' is not in the tower: ${BASIN_TOWER}")
    endif()
    foreach(used IN LISTS FLOOR_USES)
        list(FIND BASIN_TOWER ${used} used_height)
        if(used_height LESS 0 OR NOT used_height LESS height)
            message(FATAL_ERROR "floor '${name}' must not use '${used}': the tower is ${BASIN_TOWER}")
        endif()
    endforeach()

    set(root "${CMAKE_BINARY_DIR}/include/${name}")
    file(MAKE_DIRECTORY "${root}")
    file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${name}" "${root}/${name}" SYMBOLIC)

    add_library(basin_${name} STATIC ${FLOOR_SOURCES})
    target_include_directories(basin_${name} PUBLIC "${root}")
    list(TRANSFORM FLOOR_USES PREPEND basin_)
    target_link_libraries(basin_${name} PUBLIC ${FLOOR_USES} ${FLOOR_PACKAGES}
                                        PRIVATE ${FLOOR_HIDDEN} basin_options)
    # With a sanitizer, reports and verbs take longer to optimize than to run.
    if(BASIN_SANITIZE AND name MATCHES "^(analysis|harness)$")
        target_compile_options(basin_${name} PRIVATE -O0)
    endif()
endfunction()
