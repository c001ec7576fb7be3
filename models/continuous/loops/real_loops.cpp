#include "models/continuous/loops/real_loops.hpp"

namespace basin {

namespace {

const RealLoopsOfPath& loops_of_path(SimdPath path) {
    switch (path) {
    case SimdPath::avx512:
        return avx512_real_loops;
    case SimdPath::avx2:
        return avx2_real_loops;
    case SimdPath::baseline:
        break;
    }
    return baseline_real_loops;
}

} // namespace

template <>
const RealLoops<float>& real_loops_of(SimdPath path) {
    return loops_of_path(path).floats;
}

template <>
const RealLoops<double>& real_loops_of(SimdPath path) {
    return loops_of_path(path).doubles;
}

} // namespace basin
