#pragma once
// How long points take, before they are computed: work from the sizes of their scene, seconds per
// unit of work from what was measured before.

#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace basin {

struct SceneSize {
    std::uint32_t dimension = 0;     ///< N
    std::uint32_t pattern_count = 0; ///< K
    std::uint32_t probe_count = 0;   ///< cues
    bool is_real = false;            ///< real vectors, instead of bits or beside them
    std::size_t embedding_width = 0; ///< 0: the patterns have no embeddings
    bool is_rounded = false;         ///< float64 numbers stand beside those of float32

    /// Unit decisions of one sweep over all probes, times memories. A decision costs something
    /// without any: as much as this many.
    double work() const {
        constexpr double free_memories = 100;
        return static_cast<double>(dimension) * probe_count * (pattern_count + free_memories);
    }
};

SceneSize scene_size(const Scene& scene);

/// The sizes of these coordinates' scene. `file_dimension`: units of the patterns in its file, for
/// those that leave the dimension to it.
SceneSize scene_size(const Coordinates& coordinates, std::uint32_t file_dimension);

/// Settings that take about equally long for equal work: by how units are driven, by how
/// steep the interaction is (a steep one lets one memory dominate, and the way to it is foreseen)
/// and by whether similarity is linear.
struct CostClass {
    /// 3 drives, 3 degrees of steepness, linear or not; the classical network's walks; continuous
    /// ones: one step or several, products or divergences
    static constexpr std::size_t count = 23;
    static constexpr std::size_t classical_asynchronous = 18;
    static constexpr std::size_t first_continuous = 19;
    std::size_t index = 0; ///< < count
};

CostClass cost_class(const Setting& setting);

/// Seconds of one thread.
struct Pace {
    double per_point = 0.0;
    double per_work = 0.0; ///< of SceneSize::work()
    double seconds(double work) const { return per_point + per_work * work; }
};

class CostModel {
public:
    /// Measured on one core of an AMD EPYC server with AVX-512.
    CostModel();

    /// Of one setting on a scene.
    double seconds(CostClass which, const SceneSize& size) const {
        return paces_[which.index].seconds(size.work());
    }

    /// Of making a scene.
    static double scene_seconds(const SceneSize& size);

    bool measured(CostClass which) const { return measured_[which.index]; }

private:
    friend class CostFit;
    std::array<Pace, CostClass::count> paces_;
    std::array<bool, CostClass::count> measured_{};
};

/// Fits paces to measured points, class by class: least squares, the squared error taken to grow
/// with the work. What the points took together is met exactly. Classes without a measured point
/// keep their default, times what all measured points took in proportion to theirs.
class CostFit {
public:
    void add(CostClass which, const SceneSize& size, double seconds);
    CostModel model() const;

private:
    /// Over points of work w that took t seconds.
    struct Sums {
        double points = 0.0;
        double w = 0.0;
        double per_w = 0.0; ///< of 1 / w
        double t = 0.0;
        double t_per_w = 0.0;  ///< of t / w
        double expected = 0.0; ///< of default seconds
    };
    static Pace pace_of(const Sums& sums);
    std::array<Sums, CostClass::count> sums_{};
};

} // namespace basin
