// SPDX-License-Identifier: Apache-2.0
#include "Settings.h"

#include <algorithm>

namespace kith::views {

static const QString LockKey = QStringLiteral("lock/afterMinutes");

std::chrono::minutes Settings::lockAfter() const
{
    bool isNumber = false;
    const int minutes = m_settings.value(LockKey).toInt(&isNumber);
    return isNumber ? std::chrono::minutes(std::clamp(minutes, 0, 24 * 60)) : LockAfter;
}

void Settings::setLockAfter(std::chrono::minutes time)
{
    m_settings.setValue(LockKey, static_cast<int>(time.count()));
    m_settings.sync();
}

} // namespace kith::views
