#pragma once
// The loops of byte_loops.hpp over vectors of 16 or 32 bytes: what they have in common, for
// byte_loops_baseline.cpp and byte_loops_avx2.cpp. `V` is the vector and its operations.

#include "models/bipolar/loops/byte_loops.hpp"

namespace basin {

// Every file that includes this has a namespace of its own: the same template compiled for two
// machines must not become one function.
namespace {

template <class V>
struct LoopsOf {
    using Vector = typename V::Vector;
    static constexpr std::size_t lanes = V::lanes;
    static constexpr std::size_t parts = 64 / lanes; ///< vectors of one word's bytes

    /// Sums of two bytes of at most 255 fit into 16 bits for so many words.
    static constexpr std::size_t stretch = 64 / parts;

    /// 0xFF in the bytes of part `part` whose bit is set.
    static Vector mask(const std::uint64_t& word, std::size_t part) {
        return V::spread(reinterpret_cast<const char*>(&word) + part * (lanes / 8));
    }

    static void step(std::uint8_t* counts, const std::uint64_t* column, std::size_t words,
                     std::uint64_t invert) {
        const Vector one = V::all(1);
        for (std::size_t w = 0; w < words; ++w) {
            const std::uint64_t bits = column[w] ^ invert;
            for (std::size_t p = 0; p < parts; ++p, counts += lanes) // -1 or +1
                V::store(counts, V::add(V::load(counts), V::either(mask(bits, p), one)));
        }
    }

    static void step_wide(std::uint32_t* counts, const std::uint64_t* column, std::size_t words,
                          std::uint64_t invert) {
        for (std::size_t w = 0; w < words; ++w) {
            std::uint64_t bits = column[w] ^ invert;
            for (std::size_t i = 0; i < 64; i += lanes / 4, bits >>= lanes / 4)
                V::step_wide(counts + i, static_cast<unsigned>(bits & ((1U << (lanes / 4)) - 1)));
            counts += 64;
        }
    }

    /// Adds bytes, picked by a mask, to sums of 16 bits.
    static Vector add_picked(Vector sum, Vector bytes, Vector picked) {
        return V::subtract16(sum, V::pairs(bytes, picked)); // picked is -1
    }

    static void sums(const std::uint8_t* high, const std::uint8_t* middle,
                     const std::uint64_t* const* columns, std::size_t words, std::uint64_t* sums) {
        Vector total[2][4];
        for (auto& plane : total)
            for (Vector& sum : plane)
                sum = V::all(0);
        for (std::size_t first = 0; first < words; first += stretch) {
            const std::size_t last = first + stretch < words ? first + stretch : words;
            Vector sum[2][4];
            for (auto& plane : sum)
                for (Vector& s : plane)
                    s = V::all(0);
            for (std::size_t w = first; w < last; ++w)
                for (std::size_t p = 0; p < parts; ++p) {
                    const Vector above = V::load(high + 64 * w + p * lanes);
                    const Vector below = V::load(middle + 64 * w + p * lanes);
                    for (std::size_t c = 0; c < 4; ++c) {
                        const Vector picked = mask(columns[c][w], p);
                        sum[0][c] = add_picked(sum[0][c], above, picked);
                        sum[1][c] = add_picked(sum[1][c], below, picked);
                    }
                }
            for (std::size_t b = 0; b < 2; ++b)
                for (std::size_t c = 0; c < 4; ++c)
                    total[b][c] = V::add32(total[b][c], V::widen(sum[b][c]));
        }
        for (std::size_t c = 0; c < 4; ++c)
            sums[c] = 256 * V::fold32(total[0][c]) + V::fold32(total[1][c]);
    }

    static std::uint64_t sum(const std::uint8_t* plane, const std::uint64_t* column,
                             std::size_t words) {
        Vector total = V::all(0);
        for (std::size_t first = 0; first < words; first += stretch) {
            const std::size_t last = first + stretch < words ? first + stretch : words;
            Vector part = V::all(0);
            for (std::size_t w = first; w < last; ++w)
                for (std::size_t p = 0; p < parts; ++p, plane += lanes)
                    part = add_picked(part, V::load(plane), mask(column[w], p));
            total = V::add32(total, V::widen(part));
        }
        return V::fold32(total);
    }

    static void look_up(const std::uint8_t* counts, std::size_t words, std::uint64_t valid,
                        const ByteTables& tables, std::uint8_t* const* planes,
                        std::uint64_t* totals) {
        const std::size_t pieces = (tables.entries + 15) / 16;
        const Vector first = V::all(tables.first);
        Vector total[6];
        for (Vector& sum : total)
            sum = V::all(0);
        for (std::size_t at = 0; at < 64 * words; at += lanes) {
            Vector place = V::subtract(V::load(counts + at), first);
            Vector found[6];
            for (Vector& bytes : found)
                bytes = V::all(0);
            for (std::size_t piece = 0; piece < pieces; ++piece) {
                // The highest bit is clear for places 0 ... 15 alone; others find 0.
                const Vector here = V::add_saturated(place, V::all(0x70));
                for (std::size_t j = 0; j < 6; ++j)
                    found[j] = V::either(found[j], V::find(tables.bytes[j] + 16 * piece, here));
                place = V::subtract(place, V::all(16));
            }
            if (at >= 64 * (words - 1)) {
                const Vector kept = mask(valid, (at / lanes) % parts);
                for (Vector& bytes : found)
                    bytes = V::both(bytes, kept);
            }
            for (std::size_t j = 0; j < 6; ++j)
                total[j] = V::add64(total[j], V::eights(found[j]));
            for (std::size_t j = 0; j < 3; ++j)
                V::store(planes[j] + at, found[j]);
        }
        for (std::size_t j = 0; j < 6; ++j)
            totals[j] = V::fold64(total[j]);
    }

    static constexpr ByteLoops all{step, step_wide, sums, sum, look_up, nullptr};
};

} // namespace

} // namespace basin
