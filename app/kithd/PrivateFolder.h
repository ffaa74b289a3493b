// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <filesystem>

namespace kith::d {

/// A new folder for our eyes only, which goes with its owner.
class PrivateFolder
{
public:
    static Result<PrivateFolder> make();
    PrivateFolder(PrivateFolder &&other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    PrivateFolder &operator=(PrivateFolder &&) = delete;
    ~PrivateFolder();

    const std::filesystem::path &path() const { return m_path; }

private:
    explicit PrivateFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    std::filesystem::path m_path;
};

} // namespace kith::d
