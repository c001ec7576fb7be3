#pragma once
// The loops of real_loops.hpp over vectors of any width, by the blocks of Goto and van de Geijn
// (2008): results of some rows and a few vectors of queries stay in registers while k runs; a panel
// of A stays in the first cache, all queries' B in the second. `V` is a vector and its operations.

#include "models/continuous/loops/real_exponential_of.hpp"
#include "models/continuous/loops/real_loops.hpp"
#include "models/continuous/loops/real_packing_of.hpp"

#include <utility>

namespace basin {

// Every file that includes this has a namespace of its own: the same template compiled for two
// machines must not become one function.
namespace {

struct Product {
    template <class V>
    static typename V::Vector add(typename V::Vector a, typename V::Vector b,
                                  typename V::Vector c) {
        return V::fma(a, b, c);
    }
};

struct SquaredDistance {
    template <class V>
    static typename V::Vector add(typename V::Vector a, typename V::Vector b,
                                  typename V::Vector c) {
        const typename V::Vector d = V::subtract(a, b);
        return V::fma(d, d, c);
    }
};

struct ManhattanDistance {
    template <class V>
    static typename V::Vector add(typename V::Vector a, typename V::Vector b,
                                  typename V::Vector c) {
        return V::add(c, V::absolute(V::subtract(a, b)));
    }
};

/// One loop over tiles: Term says what each k adds.
template <class V, class Term>
struct TileLoop {
    using T = typename V::Element;
    using Vector = typename V::Vector;
    using Tile = RealTile<T>;
    using Pack = Packing<V>;

    static constexpr std::size_t width = Pack::width;
    static constexpr std::size_t run = Pack::run;

    template <std::size_t N>
    using Count = std::make_index_sequence<N>;

    static constexpr std::size_t smaller(std::size_t a, std::size_t b) { return a < b ? a : b; }

    /// The results of R rows and C vectors, in registers: not inline, or what is around it takes
    /// some. `next` is where the block after this one starts in C.
    template <bool terms_side_by_side, std::size_t... R, std::size_t... C>
    [[gnu::noinline]] static void block(std::size_t terms, const T* a, const T* b, T* c,
                                        const T* next, std::size_t c_stride,
                                        std::index_sequence<R...>, std::index_sequence<C...>) {
        constexpr std::size_t rows = sizeof...(R);
        constexpr std::size_t columns = sizeof...(C);
        constexpr std::size_t lanes = V::lanes;
        Vector sums[rows][columns];
        const auto load_row = [&](Vector(&row)[columns], const T* from)
            __attribute__((always_inline)) {
            ((row[C] = V::load(from + C * lanes)), ...);
        };
        const auto add_row = [&](Vector(&row)[columns], Vector left, const Vector(&right)[columns])
            __attribute__((always_inline)) {
            ((row[C] = Term::template add<V>(left, right[C], row[C])), ...);
        };
        const auto store_row = [&](const Vector(&row)[columns], T* to)
            __attribute__((always_inline)) {
            (V::store(to + C * lanes, row[C]), ...);
        };
        (load_row(sums[R], c + R * c_stride), ...);
        (Pack::template prefetch<3>(next + R * c_stride, columns * lanes), ...);
        for (std::size_t from = 0; from < terms; from += run, a += rows * run) {
            const std::size_t here = smaller(run, terms - from);
            for (std::size_t k = 0; k < here; ++k, b += columns * lanes) {
                Vector right[columns];
                load_row(right, b);
                const T* const left = a + Pack::template place<terms_side_by_side, rows>(k, 0);
                (add_row(sums[R],
                         V::all(left[Pack::template place<terms_side_by_side, rows>(0, R)]), right),
                 ...);
            }
        }
        (store_row(sums[R], c + R * c_stride), ...);
    }

    /// Some panels of rows from m on: packed terms k ... k + terms - 1.
    template <bool terms_side_by_side, std::size_t Rows>
    static void row_panels(const Tile& tile, std::size_t k, std::size_t terms, std::size_t m,
                           std::size_t panels, std::size_t query, std::size_t queries,
                           const T* packed_b) {
        alignas(64) T packed_a[Pack::template most_panels<terms_side_by_side, Rows> *
                               Pack::template packed_panel<Rows>];
        const T* const a = tile.a + k * tile.term_stride + m * tile.row_stride;
        if constexpr (terms_side_by_side)
            Pack::template pack_terms<Rows>(tile, terms, a, packed_a);
        else
            Pack::template pack_rows<Rows>(tile, terms, panels, a, packed_a);
        const T* const next_a = a + panels * Rows * tile.row_stride;
        const std::size_t rows_left = tile.rows - m - panels * Rows;
        const std::size_t next_rows = smaller(panels * Rows, rows_left);
        for (std::size_t p = 0; p < panels; ++p) {
            T* const c = tile.c + (m + p * Rows) * tile.c_stride + query;
            const bool is_last = p + 1 == panels && rows_left < Rows;
            for (std::size_t q = 0; q < queries; q += width) {
                const T* const left = packed_a + p * Pack::template packed_panel<Rows>;
                const T* const right = packed_b + q * terms;
                const std::size_t wide = smaller(width, queries - q);
                const T* next = c + q + wide;
                if (q + wide == queries) next = is_last ? c : c + Rows * tile.c_stride;
                const std::size_t done = p * queries + q;
                if (next_rows > 0)
                    Pack::template prefetch_a<terms_side_by_side>(
                        tile, terms, next_rows, next_a, done, done + wide, panels * queries);
                if (wide == width)
                    block<terms_side_by_side>(terms, left, right, c + q, next, tile.c_stride,
                                              Count<Rows>(), Count<V::vectors>());
                else if constexpr (width > Tile::query_step) // half, as both are powers of two
                    block<terms_side_by_side>(terms, left, right, c + q, next, tile.c_stride,
                                              Count<Rows>(), Count<V::vectors / 2>());
            }
        }
    }

    /// Panels of the first height as long as there are so many rows, then of the next.
    template <bool terms_side_by_side, std::size_t... Rows>
    static void all_rows(const Tile& tile, std::size_t k, std::size_t terms, std::size_t query,
                         std::size_t queries, const T* packed_b, std::index_sequence<Rows...>) {
        std::size_t m = 0;
        const auto panels_of = [&](std::size_t height, std::size_t most, auto row_panels_of) {
            while (tile.rows - m >= height) {
                const std::size_t panels = smaller(most, (tile.rows - m) / height);
                row_panels_of(tile, k, terms, m, panels, query, queries, packed_b);
                m += panels * height;
            }
        };
        (panels_of(Rows, Pack::template most_panels<terms_side_by_side, Rows>,
                   row_panels<terms_side_by_side, Rows>),
         ...);
    }

    static void run_tile(const Tile& tile) {
        alignas(64) T packed_b[Pack::packed_size];
        for (std::size_t query = 0; query < tile.queries; query += Pack::most_queries) {
            const std::size_t queries = smaller(Pack::most_queries, tile.queries - query);
            const std::size_t most = smaller(Pack::most_terms, Pack::packed_size / queries);
            const std::size_t parts = (tile.terms + most - 1) / most;
            std::size_t k = 0;
            for (std::size_t part = 0; part < parts; ++part) {
                const std::size_t terms = (tile.terms - k) / (parts - part);
                Pack::pack_b(tile.b + k * tile.b_stride + query, tile.b_stride, terms, queries,
                             packed_b);
                if (tile.term_stride == 1)
                    all_rows<true>(tile, k, terms, query, queries, packed_b, typename V::Heights());
                else
                    all_rows<false>(tile, k, terms, query, queries, packed_b,
                                    typename V::Heights());
                k += terms;
            }
        }
    }
};

template <class V>
constexpr RealLoops<typename V::Element> real_loops_on{
    TileLoop<V, Product>::run_tile, TileLoop<V, SquaredDistance>::run_tile,
    TileLoop<V, ManhattanDistance>::run_tile, exponentials_on<V>};

} // namespace

} // namespace basin
