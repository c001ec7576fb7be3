#include "models/continuous/loops/real_weighing.hpp"

namespace basin {

namespace {

const WeighLoopsOfPath& weigh_loops_of_path(SimdPath path) {
    switch (path) {
    case SimdPath::avx512:
        return avx512_weigh_loops;
    case SimdPath::avx2:
        return avx2_weigh_loops;
    case SimdPath::baseline:
        break;
    }
    return baseline_weigh_loops;
}

} // namespace

template <>
const WeighLoops<float>& weigh_loops_of(SimdPath path) {
    return weigh_loops_of_path(path).floats;
}

template <>
const WeighLoops<double>& weigh_loops_of(SimdPath path) {
    return weigh_loops_of_path(path).doubles;
}

} // namespace basin
