#pragma once
// Ensembles of real vectors (see patterns.hpp).

#include <string_view>

namespace basin {

struct GaussianSource {
    static constexpr std::string_view name = "gaussian";
    static constexpr std::string_view help = "independent standard normal units";
    static constexpr bool from_file = false;
    static constexpr bool is_real = true;
};

struct UniformSource {
    static constexpr std::string_view name = "uniform";
    static constexpr std::string_view help = "independent units, uniform in [0, 1)";
    static constexpr bool from_file = false;
    static constexpr bool is_real = true;
};

struct SphereSource {
    static constexpr std::string_view name = "sphere";
    static constexpr std::string_view help = "unit vectors, uniform on the sphere";
    static constexpr bool from_file = false;
    static constexpr bool is_real = true;
};

struct OrthonormalSource {
    static constexpr std::string_view name = "orthonormal";
    static constexpr std::string_view help = "the first vectors of the standard basis";
    static constexpr bool from_file = false;
    static constexpr bool is_real = true;
};

struct ClustersSource {
    static constexpr std::string_view name = "clusters";
    static constexpr std::string_view help =
        "group_count clusters, patterns dealt to them in turn: sqrt(correlation) u of the cluster "
        "+ "
        "sqrt(1 - correlation) v of the pattern, all u and v orthonormal";
    static constexpr bool from_file = false;
    static constexpr bool is_real = true;
};

struct BrightnessSource {
    static constexpr std::string_view name = "brightness";
    static constexpr std::string_view help =
        "noise images in [0, 1]: m + contrast * normal, cut off at 0 and 1, m uniform in 0.5 -+ "
        "brightness_spread for each image";
    static constexpr bool from_file = false;
    static constexpr bool is_real = true;
};

} // namespace basin
