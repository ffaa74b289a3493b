// SPDX-License-Identifier: Apache-2.0
#include "Failures.h"

#include <QCoreApplication>

namespace kith::views {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::PartlyDone)
};

} // namespace

QString PartlyDone::summary() const
{
    const QString both = Texts::tr("%1. %2", "what was done; what was not");
    const int failed = static_cast<int>(failures.size()) - doubtful;
    QString all = text;
    if (failed > 0)
        all = both.arg(all, Texts::tr("%Ln object(s) could not be changed", nullptr, failed));
    if (doubtful > 0)
        all = both.arg(all, Texts::tr("Of %Ln object(s) it isn’t certain", nullptr, doubtful));
    return all;
}

} // namespace kith::views
