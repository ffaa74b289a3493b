// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSettings>

namespace kith::views {

/// An ini file that opens at once also after a program was killed while it wrote there.
class IniFile : public QSettings
{
public:
    explicit IniFile(const QString &file);
};

} // namespace kith::views
