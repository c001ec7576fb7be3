#include "models/bipolar/loops/byte_loops.hpp"

namespace basin {

const ByteLoops& loops_of(SimdPath path) {
    switch (path) {
    case SimdPath::avx512:
        return avx512_loops;
    case SimdPath::avx2:
        return avx2_loops;
    case SimdPath::baseline:
        break;
    }
    return baseline_loops;
}

} // namespace basin
