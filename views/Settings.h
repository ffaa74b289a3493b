// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "IniFile.h"

#include <chrono>

namespace kith::views {

/// What a person has decided for all connections, in a small file beside that of the connections.
class Settings
{
public:
    explicit Settings(const QString &file) : m_settings(file) {}

    /// After how long without a key or the mouse the windows on servers are locked; zero: never by itself.
    std::chrono::minutes lockAfter() const;
    void setLockAfter(std::chrono::minutes time);

    static constexpr std::chrono::minutes LockAfter{10};

private:
    IniFile m_settings;
};

} // namespace kith::views
