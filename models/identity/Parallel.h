// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace kith::identity {

/// Calls `function(from, to)` for ranges that together are [0, size), one on each of the processor's cores, and returns
/// when all are done. Ranges of less than `worthAThread` aren't split: starting a thread takes some 20 µs.
template <class Function>
void inParallel(std::size_t size, std::size_t worthAThread, Function &&function)
{
    const std::size_t cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    const std::size_t parts = std::clamp<std::size_t>(size / worthAThread, 1, cores);
    std::vector<std::thread> others;
    for (std::size_t part = 1; part < parts; ++part)
        others.emplace_back([&, part] { function(size * part / parts, size * (part + 1) / parts); });
    function(std::size_t{0}, size / parts);
    for (std::thread &other : others)
        other.join();
}

} // namespace kith::identity
