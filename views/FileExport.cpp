// SPDX-License-Identifier: Apache-2.0
#include "FileExport.h"

namespace kith::views {

void FileExport::begin()
{
    m_progress = std::make_shared<core::Progress>();
    Q_EMIT begun(m_progress);
}

void FileExport::fail(const QString &reason)
{
    const bool cancelled = m_progress && m_progress->cancelled;
    end();
    Q_EMIT failed(cancelled ? QString() : reason);
}

void FileExport::end()
{
    m_progress.reset();
    deleteLater();
}

} // namespace kith::views
