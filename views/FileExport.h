// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"

#include <QObject>

#include <memory>

namespace kith::views {

/// Something that is written into a file while one goes on working. Belongs to its window, and deletes itself at its
/// end. The file is there when all of it is written, or not at all.
class FileExport : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~FileExport() override { cancel(); }

    bool isWriting() const { return m_progress != nullptr; }
    void cancel()
    {
        if (m_progress)
            m_progress->cancelled = true;
    }

Q_SIGNALS:
    void begun(const std::shared_ptr<kith::core::Progress> &progress);
    void failed(const QString &reason); ///< Empty: it was cancelled.

protected:
    const std::shared_ptr<core::Progress> &progress() const { return m_progress; } ///< While it is being written.
    void begin();
    void fail(const QString &reason);
    void end();

private:
    std::shared_ptr<core::Progress> m_progress;
};

} // namespace kith::views
