# basin_presets(OUTPUT): writes OUTPUT (in the current binary folder), a source that holds every file
# of sweeps/presets as text, so that the program carries its presets with it.
function(basin_presets output)
    file(GLOB preset_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/sweeps/presets/*.toml")
    set(entries "")
    foreach(preset IN LISTS preset_files)
        get_filename_component(name "${preset}" NAME_WE)
        file(READ "${preset}" text)
        string(APPEND entries "        {\"${name}\", R\"basin(${text})basin\"},\n")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${preset}")
    endforeach()
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${output}" @ONLY CONTENT
"#include \"sweeps/config/config.hpp\"

namespace basin {

std::vector<Preset> presets() {
    return {
@entries@    };
}

} // namespace basin
")
endfunction()
