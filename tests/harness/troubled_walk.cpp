// The real program with trouble planted in its walks: the linker puts this in the place of
// basin::walk(). BASIN_TEST_TROUBLE says what befalls the settings of max_sweeps = 13.

#include "models/recall/recall.hpp"

#include <csignal>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>

#define BASIN_WALK                                                                                 \
    _ZN5basin4walkERKNS_5SceneERKNS_12SettingGroupERNS_11ProbeStartsERSt6vectorINS_4EndsESaIS9_EERKSt8functionIFbvEE
#define JOINED(a, b) a##b
#define PREFIXED(prefix, name) JOINED(prefix, name)

extern "C" {
void PREFIXED(__real_, BASIN_WALK)(const basin::Scene&, const basin::SettingGroup&,
                                   basin::ProbeStarts&, basin::Paths&, const basin::Patience&);

void PREFIXED(__wrap_, BASIN_WALK)(const basin::Scene& scene, const basin::SettingGroup& group,
                                   basin::ProbeStarts& starts, basin::Paths& paths,
                                   const basin::Patience& patience) {
    const char* told = std::getenv("BASIN_TEST_TROUBLE");
    const std::string trouble = told != nullptr ? told : "";
    if (group.dynamics.max_sweeps == 13) {
        if (trouble == "segfault") {
            std::signal(SIGSEGV, SIG_DFL); // a sanitizer's handler would exit
            std::raise(SIGSEGV);
        }
        if (trouble == "kill") std::raise(SIGKILL);
        if (trouble == "throw") throw std::runtime_error("planted");
        if (trouble == "shortage") throw std::bad_alloc();
        while (trouble == "linger" && patience && patience()) {
        }
        if (trouble == "linger") throw basin::OutOfPatience();
    }
    PREFIXED(__real_, BASIN_WALK)(scene, group, starts, paths, patience);
}
}
