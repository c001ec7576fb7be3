# basin_web(OUTPUT): writes OUTPUT (in the current binary folder), a source that embeds the files a
# report is made of, so that program and reports need no network: the scripts of analysis/web's npm
# packages with their licences, and our own page. analysis/page/web_files.hpp declares what it defines.
function(basin_web output)
    set(web "${CMAKE_SOURCE_DIR}/analysis/web")
    set(packages "${web}/node_modules")
    foreach(script IN ITEMS vega vega-lite vega-embed)
        if(NOT EXISTS "${packages}/${script}/build/${script}.min.js")
            message(FATAL_ERROR "the scripts of the reports are not there (${script} is missing). Run\n"
                                "  npm ci --ignore-scripts --prefix \"${web}\"\nonce, then configure again.")
        endif()
    endforeach()
    set(licences "${CMAKE_CURRENT_BINARY_DIR}/licences.txt")
    _basin_web_licences("${packages}" "${licences}")

    set(files
        page.html "${web}/page.html"
        page.css "${web}/page.css"
        data.js "${web}/data.js"
        cells.js "${web}/cells.js"
        drawing.js "${web}/drawing.js"
        chart_data.js "${web}/chart_data.js"
        chart_spec.js "${web}/chart_spec.js"
        chart_controls.js "${web}/chart_controls.js"
        page.js "${web}/page.js"
        vega.js "${packages}/vega/build/vega.min.js"
        vega-lite.js "${packages}/vega-lite/build/vega-lite.min.js"
        vega-embed.js "${packages}/vega-embed/build/vega-embed.min.js"
        licences.txt "${licences}")
    set(bytes "")
    set(declarations "")
    set(entries "")
    set(paths "")
    while(files)
        list(POP_FRONT files name path)
        string(MAKE_C_IDENTIFIER "basin_web_${name}" symbol)
        string(APPEND bytes "    \"${symbol}: .incbin \\\"${path}\\\"\\n\"\n    \"${symbol}_end:\\n\"\n")
        string(APPEND declarations "extern const char ${symbol}[], ${symbol}_end[];\n")
        string(APPEND entries "    if (name == \"${name}\") return {${symbol}, ${symbol}_end};\n")
        list(APPEND paths "${path}")
    endwhile()
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${output}" @ONLY CONTENT
"#include \"analysis/page/web_files.hpp\"

#include <stdexcept>
#include <string>

asm(\".pushsection .rodata\\n\"
@bytes@    \".popsection\\n\");

extern \"C\" {
@declarations@}

namespace basin {

std::string_view web_file(std::string_view name) {
@entries@    throw std::out_of_range(\"no embedded file \" + std::string(name));
}

} // namespace basin
")
    # The assembler reads the files behind the compiler's back: name them as what the object needs.
    set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${output}" PROPERTIES OBJECT_DEPENDS "${paths}")
endfunction()

# The licence texts of every package that the minified scripts contain, equal texts once.
function(_basin_web_licences packages output)
    file(GLOB texts "${packages}/vega/LICENSE" "${packages}/vega-*/LICENSE" "${packages}/d3-*/LICENSE")
    foreach(package IN ITEMS delaunator fast-json-patch internmap json-stringify-pretty-compact
                             robust-predicates semver topojson-client)
        file(GLOB text "${packages}/${package}/LICENSE*")
        list(APPEND texts ${text})
    endforeach()
    list(SORT texts)
    set(digests "")
    foreach(text IN LISTS texts)
        file(SHA256 "${text}" digest)
        get_filename_component(package "${text}" DIRECTORY)
        get_filename_component(package "${package}" NAME)
        list(APPEND digests ${digest})
        list(APPEND packages_of_${digest} ${package})
        set(text_of_${digest} "${text}")
    endforeach()
    list(REMOVE_DUPLICATES digests)
    set(all "")
    foreach(digest IN LISTS digests)
        list(JOIN packages_of_${digest} ", " names)
        file(READ "${text_of_${digest}}" text)
        string(APPEND all "${names}\n\n${text}\n\n")
    endforeach()
    file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT "@all@")
endfunction()
